/**
 * What a data destination writes: the choices of its step Data, as stored. Pure and browser-safe.
 */

/** Where the value of an action's field comes from. */
export type FieldMapping =
  | { readonly from: "column"; readonly column: string }
  | { readonly from: "constant"; readonly value: string }
  /** Text with `{{column}}` in it. */
  | { readonly from: "text"; readonly text: string };

/** What makes two sendings the same one. */
export type MatchKey =
  /** The values of these fields. */
  | { readonly kind: "fields"; readonly fields: readonly string[] }
  /** The record's own key: of a data set, its primary key; of a file, none. */
  | { readonly kind: "record" }
  | { readonly kind: "column"; readonly column: string };

/** Actions that cannot be taken back, each behind a switch of its own on the destination. */
export const dangers = ["merge", "decline", "delete", "grant"] as const;
export type Danger = (typeof dangers)[number];

/** A destination's choices in the step Data, apart from where its records come from. */
export type WritingSettings = {
  readonly action: string;
  /** By the names of the action's fields; a field without an entry is not sent. */
  readonly mapping: Readonly<Record<string, FieldMapping>>;
  readonly matchKey: MatchKey;
  /** The switches that are on. */
  readonly allows: readonly Danger[];
};
