import type { RunKind, RunState } from "@/drizzle/schema";
import type { DeliveryCounts } from "@/lib/audit/run-events";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { SkipReason } from "@/lib/connectors/stream-reader";
import type { Scope } from "@/lib/connectors/streams";
import type { FailureReason } from "@/lib/connectors/types";
import type { RunReason } from "./reasons";

/** Facts for the sentence of a run: codes, counts, and the server's own words where it said any. */
export type RunFacts = {
  /** Why the server or the sign-in failed, as checks name it. */
  readonly failure?: FailureReason;
  readonly kind?: ConnectorKind;
  readonly scheme?: "basic" | "bearer";
  /** Of what a source read, as it was chosen then; absent from runs of older versions. */
  readonly chosen?: { readonly kind: Scope["kind"]; readonly count: number };
  /** Untrusted text of the server. */
  readonly words?: string;
  /** What an administrator finds in the log. */
  readonly number?: string;
};

/** A run as lists and its page show it. Instants are ISO 8601 in UTC. */
export type RunSummary = {
  readonly id: string;
  /** The source or destination. */
  readonly endpointId: string;
  /** `read` is a source's; the others are a destination's. */
  readonly kind: RunKind;
  readonly mode: "all" | "new";
  readonly trigger: "user" | "schedule";
  /** The user who asked for it; null for a schedule, and for a user who is gone. */
  readonly requestedBy: string | null;
  readonly state: RunState;
  readonly reason: RunReason | null;
  readonly facts: RunFacts;
  /** Cancel was pressed, and the call under way is awaited. */
  readonly isCancelling: boolean;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** While it waits: until when at least. */
  readonly waitUntil: string | null;
  /** Parts of the reading, such as repositories; all numbers are those known so far. */
  readonly parts: {
    readonly all: number;
    readonly done: number;
    readonly skipped: number;
    readonly failed: number;
  };
  readonly records: {
    readonly received: number;
    readonly added: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly deleted: number;
    readonly unusable: number;
  };
  /** The records that a destination's run took, and their results. */
  readonly deliveries: DeliveryCounts;
  /** Not all records of its input are taken yet, so `deliveries.taken` still grows. */
  readonly isTaking: boolean;
  readonly calls: number;
  readonly waitedMs: number;
};

/** A run as its own page shows it. */
export type RunDetails = RunSummary & {
  /** It went on where an earlier run had stopped. */
  readonly goesOn: boolean;
  /** When the page was read, by the database's clock: for rates and remaining times. */
  readonly now: string;
  /** About how many records a destination's run will take; null if that is not known. */
  readonly expected: number | null;
  /** The reader may press *Cancel*. */
  readonly mayCancel: boolean;
};

export const partStates = ["pending", "done", "skipped", "failed"] as const;
export type PartState = (typeof partStates)[number];

/** A part of a run, such as one repository. */
export type RunPart = {
  readonly key: string;
  /** Untrusted text of the server. */
  readonly label: string;
  readonly state: PartState;
  /** Why it was skipped or failed: a skip reason, a failure reason of checks, or null. */
  readonly reason: SkipReason | FailureReason | string | null;
  readonly received: number;
  readonly calls: number;
  /** For the next page's address. */
  readonly number: number;
};
