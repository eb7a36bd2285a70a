import type { AuditEvent } from "./events";
import type { EventKind } from "./kinds";

/** A text that somebody typed or a server said, as part of a sentence: whoever shows it keeps it apart from our words. */
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

/** The name of somebody or something by its id. */
export type Named = (id: string) => Quoted;
/** The sentence of each kind of event. */
export type Says = { readonly [Kind in EventKind]: (details: DetailsOf<Kind>, named: Named) => Sentence };

/** A text as a part that whoever shows the sentence keeps apart. */
export function quote(text: string): Quoted {
  return { quoted: text };
}

/** What somebody is in a team. */
export function teamRole(role: "owner" | "member"): string {
  return role === "owner" ? "an owner" : "a member";
}

/** How many of something ended. */
export function ended(count: number, what: string): string {
  if (count === 0) return `No ${what} was open`;
  return count === 1 ? `One ${what} ended` : `${count} ${what}s ended`;
}
