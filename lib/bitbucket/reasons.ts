import type { FailedOutcome, FailureReason, SignInShape } from "@/lib/bitbucket/types";

export type Whose = "you" | "your Bitbucket administrator" | "your network" | "the portal's administrator";
export type FailureField = "baseUrl" | "username" | "password" | null;
export type FailureDescription = {
  readonly title: string;
  readonly cure: string;
  readonly whose: Whose;
  readonly field: FailureField;
  readonly mayStoreUnchecked: boolean;
};
export function describeFailure(outcome: FailedOutcome, shape: SignInShape): FailureDescription {
  void outcome;
  void shape;
  return { title: "", cure: "", whose: "you", field: null, mayStoreUnchecked: false };
}
export function mayStoreUnchecked(reason: FailureReason): boolean {
  void reason;
  return false;
}
