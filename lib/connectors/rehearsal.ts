import type { Need } from "./action";
import type { AnswerMeaning, StreamCall } from "./stream-reader";

/** How a connector finds out, by reading alone, whether an account may write somewhere. Pure. */

/** A repository, or a whole project, that an action writes to. Untrusted text. */
export type Place = { readonly project: string; readonly repository: string | null };

export type ProofStep =
  | { readonly kind: "ask"; readonly call: StreamCall }
  | { readonly kind: "proven" }
  /** `gone`: it does not exist, or the account may not even know that it does. */
  | { readonly kind: "lacking"; readonly why: "no-right" | "gone" }
  /** The server refuses to tell; its words, if it gives any. */
  | { readonly kind: "refused"; readonly words: string | null }
  | { readonly kind: "unclear" };

/** The next step of proving a right on a place. `answers` are those to the calls so far, in their order. */
export type RightProof = (place: Place, need: Need, answers: readonly AnswerMeaning[]) => ProofStep;
