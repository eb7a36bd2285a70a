import type { EventResult } from "./kinds";
import type { Sentence } from "./sentence-parts";

/** The filter of the log; null where it does not apply. A user or item is an id or a part of a name; `until` is excluded. */
export type EventFilter = {
  readonly person: string | null;
  readonly thing: string | null;
  readonly kind: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
  /** The time zone of the days `from` and `until`. */
  readonly zone: string;
};

/** A user or item in an event: its id, and its current name if it still has one. */
export type Named = { readonly id: string; readonly name: string | null };

/** An event as pages and exports show it. Instants are ISO 8601 in UTC. */
export type EventItem = {
  readonly sequence: number;
  readonly at: string;
  readonly event: string;
  readonly label: string;
  readonly result: EventResult;
  /** Null if no user was signed in. */
  readonly person: Named | null;
  readonly thing: Named | null;
  readonly credentialId: string | null;
  /** The event's sentence, besides actor and subject. */
  readonly sentence: Sentence;
  /** The same, field by field, for programs. */
  readonly details: readonly { readonly label: string; readonly text: string }[];
  readonly via: "web" | "schedule" | "terminal" | null;
  readonly address: string | null;
  readonly sessionId: string | null;
  readonly requestId: string;
};
