import type { AnswerMeaning, StreamCall } from "./stream-reader";
import type { ChosenProject, ChosenRepository } from "./streams";

/** A kept-open connection to a server, for one reader at a time. */
export type SourceConnection = {
  /** Sends one GET with the credential. Never throws, and never contains the credential in what it returns. */
  readonly get: (call: StreamCall) => Promise<AnswerMeaning>;
  readonly close: () => Promise<void>;
};

export type OpenedSource =
  | { readonly ok: true; readonly source: SourceConnection }
  | { readonly ok: false; readonly meaning: Extract<AnswerMeaning, { kind: "retry" | "failed" }> };

export type Picked<Item> = { readonly items: readonly Item[]; readonly next: number | null };

/** How projects and repositories are searched on the server, page by page. Pure. */
export type Pickers = {
  readonly projects: (query: string, start: number) => StreamCall;
  readonly repositories: (query: string, start: number) => StreamCall;
  /** Null if the body is no such list. */
  readonly readProjects: (body: unknown) => Picked<ChosenProject> | null;
  readonly readRepositories: (body: unknown) => Picked<ChosenRepository> | null;
};
