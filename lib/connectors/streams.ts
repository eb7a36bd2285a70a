/**
 * What a data source reads: the types in which every connector describes its streams. Pure and browser-safe: the
 * wizard, the engine and the downloads all use them.
 */

/** A timestamp is ISO 8601 text in UTC with milliseconds; `text[]` and `json` are JSON values. */
export type ColumnType = "int" | "text" | "bool" | "timestamp" | "json" | "text[]";

export type Column = { readonly name: string; readonly type: ColumnType };

/** A choice of the stream's own, such as the state of pull requests. All values are text, as a form sends them. */
export type StreamParameter = {
  readonly name: string;
  readonly label: string;
  /** One line below the field. */
  readonly hint: string | null;
  /** Text where `choices` is null. The first choice is the default; a text's default is "". */
  readonly choices: readonly { readonly value: string; readonly label: string }[] | null;
  /** True if an empty text is refused. */
  readonly isRequired: boolean;
};

/** Which scopes make sense: a stream of users has no projects to choose. */
export type ScopeKind = "everything" | "projects" | "repositories";

/** A stream, as the wizard offers it and the engine reads it. */
export type Stream = {
  /** In kebab case, stored in rows and URLs: "pull-requests". */
  readonly id: string;
  /** The radio's name: "Pull requests". */
  readonly label: string;
  /** The heading of its group in the wizard. */
  readonly group: string;
  /** One line: what a record is. */
  readonly note: string;
  /** One line: the right that it needs, such as "Read access to each repository". */
  readonly right: string;
  /** The first server version that has it, or null if every supported one does. */
  readonly since: string | null;
  readonly scopes: readonly ScopeKind[];
  readonly parameters: readonly StreamParameter[];
  /** In the order of every table, file and download; the column `extra` holds what is not known. */
  readonly columns: readonly Column[];
  /** The columns of the primary key, in the order of `_key`. Empty if records have none: their text is the key. */
  readonly key: readonly string[];
  /**
   * `snapshot`: each run reads everything, and so finds deletions. `incremental`: a run reads what is new or changed;
   * only a run that reads everything again finds deletions.
   */
  readonly mode: "snapshot" | "incremental";
};

export type ChosenProject = { readonly id: number; readonly key: string; readonly name: string };
export type ChosenRepository = {
  readonly id: number;
  readonly projectKey: string;
  readonly slug: string;
  readonly name: string;
};

/** What is read of a stream. Keys, slugs and names are those of the choice and may have changed since; ids count. */
export type Scope =
  | { readonly kind: "everything" }
  | { readonly kind: "projects"; readonly projects: readonly ChosenProject[] }
  | { readonly kind: "repositories"; readonly repositories: readonly ChosenRepository[] };

/** A source's choices in the step Data. */
export type SourceSettings = {
  readonly stream: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly scope: Scope;
};

/** What can be read from one kind of system. Pure and browser-safe. */
export type StreamCatalogue = {
  /** In the order in which the wizard offers them. */
  readonly streams: readonly Stream[];
  /** Messages for parameters that only the connector can judge, by their names; empty if all are good. */
  readonly refuseParameters: (
    stream: string,
    parameters: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>;
};
