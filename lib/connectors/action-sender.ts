import type { Problem, Values } from "./action";
import type { AnswerMeaning, Json, JsonObject } from "./stream-reader";

/**
 * How a connector performs an action: a pure state machine. The engine sends the calls, keeps the ledger and waits; the
 * connector decides what to call next and what an answer means.
 */

/** A call to a server. `body` is JSON; undefined sends none. */
export type Call = {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Begins with "/" and is appended to the base URL. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | number>>;
  readonly body?: Json | undefined;
  /** Text fields sent as multipart/form-data instead of JSON. */
  readonly form?: Readonly<Record<string, string>>;
};

/** What the ledger knows of a match key. */
export type Past =
  | { readonly kind: "new" }
  /** A call was sent, or may have been, and no answer was stored: look before sending again. */
  | { readonly kind: "lost"; readonly answer: JsonObject | null }
  /** It stands on the server with other values: `answer` is that of the last sending. */
  | { readonly kind: "sent"; readonly answer: JsonObject };

export type Item = {
  /** 16 hexadecimal characters, from destination and match key: for hidden markers and ids of our own. */
  readonly marker: string;
  readonly values: Values;
  readonly past: Past;
};

export type SendContext = {
  readonly action: string;
  /** The server's version as last seen, such as "9.4.3"; null if unknown. */
  readonly serverVersion: string | null;
  /** The account's name on the server; null if unknown. */
  readonly account: string | null;
};

/** `isOwnPath`: the record brought the path, so a server without such an address refuses the record, not the run. */
export type Move =
  /** Looks something up; changes nothing. */
  | { readonly kind: "ask"; readonly call: Call; readonly state: JsonObject; readonly isOwnPath?: true }
  /** Changes something. `of`: the indexes of the items that it is for. */
  | {
      readonly kind: "write";
      readonly call: Call;
      readonly state: JsonObject;
      readonly of: readonly number[];
      readonly isOwnPath?: true;
    }
  /** One result per item, in their order. */
  | { readonly kind: "done"; readonly results: readonly ItemResult[] };

/** `answer`: what a later sending needs and people want to see, such as `{ id, version, url }`; at most 1 kB. */
export type ItemResult =
  | { readonly result: "sent"; readonly status: number; readonly answer: JsonObject }
  /** It stands there as it should. */
  | { readonly result: "already"; readonly answer: JsonObject }
  | {
      /** `unknown`: an earlier call may have done it, and nothing on the server tells whether it did. */
      readonly result: "rejected" | "unknown";
      /** The server's status; null if it was found out by a look-up, or was not kept. */
      readonly status: number | null;
      readonly problems: readonly Problem[];
      readonly cure: string | null;
    }
  /** It may have been done before, and nothing can be looked up that would tell; nothing was sent now. */
  | { readonly result: "unknown"; readonly problems: readonly Problem[]; readonly cure: string | null };

type Refusal<Kind> = {
  readonly kind: Kind;
  readonly problems: readonly Problem[];
  /** The server's names of what was wrong, such as "…NoSuchRepositoryException", for the connector alone. */
  readonly exceptions?: readonly string[];
};

/** What the connector is told of a call. */
export type SendAnswer =
  /** 2xx; `body` is null if there is none. */
  | { readonly kind: "done"; readonly status: number; readonly body: unknown }
  /** 404 of a thing that does not exist. */
  | Refusal<"missing">
  /** Signed in, but without the right. */
  | Refusal<"denied">
  /** 400, 409, 413, 415, 422: the server's words per field, and its body for details such as `existingPullRequest`. */
  | {
      readonly kind: "rejected";
      readonly status: number;
      readonly problems: readonly Problem[];
      readonly body: unknown;
    }
  /** The server has no such address, or does not take the method there; only to a move with `isOwnPath`. */
  | { readonly kind: "no-address" }
  /** A dry run: the write counts as done, the look-up as one that found nothing. */
  | { readonly kind: "assumed" };

/** What a call that was sent, or not, means for the run. */
export type SendMeaning =
  | Exclude<SendAnswer, { readonly kind: "assumed" | "no-address" }>
  | Extract<AnswerMeaning, { readonly kind: "wait" | "refused" | "not-available" | "failed" }>
  /** No byte of it reached the server. */
  | { readonly kind: "unsent"; readonly reason: string }
  /** The connection broke after sending, or the server failed: whether it was done is unknown. */
  | { readonly kind: "lost"; readonly reason: string };

/**
 * What a dry run finds out about a place, by reading, instead of writing there. Pure. `key` is that of what is proven:
 * records with the same one share the outcome.
 */
export type PlaceProof = {
  readonly key: string;
  /** `answers` are those to the calls so far, in their order. */
  readonly step: (answers: readonly SendAnswer[]) => PlaceStep;
};

export type PlaceStep =
  /** Looks something up; changes nothing. */
  | { readonly kind: "ask"; readonly call: Call }
  /** Nothing is known that would stop the write. */
  | { readonly kind: "open" }
  /** The write would be refused. */
  | { readonly kind: "closed"; readonly result: ItemResult };

/** How one kind of system performs its actions. Pure; throws only for a programming error. */
export type ActionSender = {
  /** What a dry run proves, one after the other, in place of the first write; left out where nothing can be looked up. */
  readonly proofs?: (context: SendContext, items: readonly Item[]) => readonly PlaceProof[];
  /** Items of one `together` group, else one item. */
  readonly begin: (context: SendContext, items: readonly Item[]) => Move;
  readonly next: (
    context: SendContext,
    items: readonly Item[],
    state: JsonObject,
    answer: SendAnswer,
  ) => Move;
};

/** A kept-open connection to a server, for one sender at a time. */
export type DestinationConnection = {
  /** Sends one call with the credential. Never throws, and never contains the credential in what it returns. */
  readonly send: (call: Call) => Promise<SendMeaning>;
  readonly close: () => Promise<void>;
};

export type OpenedDestination =
  | { readonly ok: true; readonly destination: DestinationConnection }
  | { readonly ok: false; readonly meaning: Extract<AnswerMeaning, { kind: "retry" | "failed" }> };
