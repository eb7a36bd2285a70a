import type { AuditEvent } from "./events";
import type { EventKind } from "./kinds";

/** Untrusted text inside a sentence, typed by a user or sent by a server; pages must set it apart from the portal's words. */
export type Quoted = { readonly quoted: string };
export type Sentence = readonly (string | Quoted)[];

/** The fields of one kind of event. */
export type DetailsOf<Kind extends EventKind> = AuditEvent extends infer One
  ? One extends { event: infer Its; details: infer Details }
    ? Kind extends Its
      ? Details
      : never
    : never
  : never;

/** The name of a user or item, by its id. */
export type Named = (id: string) => Quoted;
/** The sentence of each kind of event. */
export type Says = { readonly [Kind in EventKind]: (details: DetailsOf<Kind>, named: Named) => Sentence };

/** A text as a quoted part of a sentence. */
export function quote(text: string): Quoted {
  return { quoted: text };
}

/** A user's role in a team, in words. */
export function teamRole(role: "owner" | "member"): string {
  return role === "owner" ? "an owner" : "a member";
}

/** How many of something ended, in words. */
export function ended(count: number, what: string): string {
  if (count === 0) return `No ${what} was open`;
  return count === 1 ? `One ${what} ended` : `${count} ${what}s ended`;
}
