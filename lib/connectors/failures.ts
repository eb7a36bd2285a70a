/** Who has to act. */
export type Whose =
  | "you"
  | "your Bitbucket administrator"
  | "your network"
  | "the portal's administrator"
  | "the credential's owner";

/** The form field that a message belongs to; null: the form as a whole. */
export type FailureField = "baseUrl" | "username" | "password" | null;

/** What was found, what to do, and who has to act. */
export type FailureInWords = { readonly title: string; readonly cure: string; readonly whose: Whose };

export type FailureDescription = FailureInWords & {
  readonly field: FailureField;
  readonly mayStoreUnchecked: boolean;
};

/** An entry in a table of texts; the reason decides the rest. */
export type Words = Omit<FailureDescription, "mayStoreUnchecked">;
