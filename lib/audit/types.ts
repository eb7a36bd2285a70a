import type { EventResult } from "./kinds";
import type { Sentence } from "./sentence-parts";

/** What the log is narrowed to; null for no matter. A person or thing is an id or a part of a name, `until` is excluded. */
export type EventFilter = {
  readonly person: string | null;
  readonly thing: string | null;
  readonly kind: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
  /** The time zone whose days `from` and `until` bound. */
  readonly zone: string;
};

/** Somebody or something that an event tells of: its id, and its name of today where it still has one. */
export type Named = { readonly id: string; readonly name: string | null };

/** An event as pages and exports show it. Instants are ISO 8601 in UTC. */
export type EventItem = {
  readonly sequence: number;
  readonly at: string;
  readonly event: string;
  readonly label: string;
  readonly result: EventResult;
  /** Null for what nobody signed in did. */
  readonly person: Named | null;
  readonly thing: Named | null;
  readonly credentialId: string | null;
  /** What it says besides who did it to what, for people. */
  readonly sentence: Sentence;
  /** The same field by field, for programs. */
  readonly details: readonly { readonly label: string; readonly text: string }[];
  readonly via: "web" | "schedule" | "terminal" | null;
  readonly address: string | null;
  readonly sessionId: string | null;
  readonly requestId: string;
};
