import type { Danger } from "@/lib/mapping/types";
import type { Json } from "./stream-reader";

/**
 * What a data destination can write: the types in which every connector describes its actions. Pure and browser-safe.
 */

/**
 * `text` is one line, `lines` several. A `timestamp` becomes milliseconds since 1970. `path` is text in which column
 * values are escaped for a URL. `json` is any JSON; in a text, `{{column}}` keeps its type where it stands alone.
 */
export type FieldType = "text" | "lines" | "int" | "bool" | "choice" | "timestamp" | "list" | "path" | "json";

/** The right that an action needs where it writes. */
export type Need = "read" | "write" | "admin";

/** A field of an action, which the mapping fills. */
export type ActionField = {
  /** In camel case, stored in mappings: "pullRequest". */
  readonly name: string;
  /** The legend of its group in the wizard: "Pull request". */
  readonly label: string;
  /** One line below it. */
  readonly hint: string | null;
  readonly type: FieldType;
  readonly isRequired: boolean;
  /** The values of a `choice`. */
  readonly choices: readonly string[] | null;
  /** Limits of a text, in characters; null for none. */
  readonly shortest: number | null;
  readonly longest: number | null;
  /** Limits of an `int`. */
  readonly least: number | null;
  readonly most: number | null;
  /** A regular expression for the whole value, and the sentence for a value that does not match. */
  readonly pattern: { readonly source: string; readonly words: string } | null;
  /** A text beyond `longest` is shortened, its end replaced by a hash, instead of refused. */
  readonly isShortened: boolean;
  /** Names of columns that fit, best first; compared without case, blanks, "-" and "_". The label counts as well. */
  readonly columns: readonly string[];
};

/** An action, as the wizard offers it and the engine performs it. */
export type Action = {
  /** In kebab case, stored in rows and URLs: "pull-request-comment". */
  readonly id: string;
  /** The radio's name: "Pull request comment". */
  readonly label: string;
  readonly group: string;
  /** One line: what is written. */
  readonly note: string;
  /** One line: the right that it needs. */
  readonly right: string;
  /**
   * The same right, for the rehearsal before a credential is changed: on the repository, or on the project of an action
   * that has no field `repository`. Left out where every account that signs in may perform it.
   */
  readonly needs?: Need;
  /** What only the account that wrote it may change afterwards, in the plural: "reports". */
  readonly ownedByAuthor?: string;
  /** The first server version that has it, or null if every supported one does. */
  readonly since: string | null;
  readonly fields: readonly ActionField[];
  /** The suggested match key: names of fields, or the record's own key. */
  readonly matchKey: readonly string[] | "record";
  readonly danger: Danger | null;
  /** Records that are sent together: all with equal values of these fields, at most so many. */
  readonly together: { readonly by: readonly string[]; readonly most: number; readonly noun: string } | null;
};

/** The values of an action's fields for one record: typed and within limits. Fields without a value are left out. */
export type Values = Readonly<Record<string, Json>>;

/** Why a record cannot be sent; `field` is the name of a field, or null for the whole record. */
export type Problem = { readonly field: string | null; readonly message: string };

/** What can be written to one kind of system. Pure and browser-safe. */
export type ActionCatalogue = {
  /** In the order in which the wizard offers them. */
  readonly actions: readonly Action[];
  /** Problems that fields alone do not show, such as a line without a path. */
  readonly refuseValues: (action: string, values: Values) => readonly Problem[];
  /** What is written in order: records with equal targets never overtake each other. At most 500 characters. */
  readonly targetOf: (action: string, values: Values) => string;
};
