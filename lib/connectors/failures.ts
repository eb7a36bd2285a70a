/** Whose turn it is. */
export type Whose =
  | "you"
  | "your Bitbucket administrator"
  | "your network"
  | "the portal's administrator"
  | "the credential's owner";

/** The field of the form to which a message belongs; null: to the form as a whole. */
export type FailureField = "baseUrl" | "username" | "password" | null;

/** What was found, what to do, and whose turn it is. */
export type FailureInWords = { readonly title: string; readonly cure: string; readonly whose: Whose };

export type FailureDescription = FailureInWords & {
  readonly field: FailureField;
  readonly mayStoreUnchecked: boolean;
};

/** What stands in a table of words; the rest is decided by the reason. */
export type Words = Omit<FailureDescription, "mayStoreUnchecked">;
