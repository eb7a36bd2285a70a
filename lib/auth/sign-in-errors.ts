/** The codes that the sign-in page's address can carry; the first is next-auth's own, the others ours. */
export const signInErrors = {
  notAccepted: "CredentialsSignin",
  rateLimited: "RateLimited",
  /** The form was too old: next-auth's token in it belongs to no cookie of this browser any more. */
  stale: "Stale",
  /** Too many sign-ins at once, of whomever: nothing was looked at. */
  busy: "Busy",
  unavailable: "Unavailable",
} as const;

/** Any of these codes. */
export type SignInError = (typeof signInErrors)[keyof typeof signInErrors];

/** The code in an address, or null for none; whatever else stands there reads `unavailable`. */
export function signInErrorOf(text: string | string[] | null | undefined): SignInError | null {
  if (text === null || text === undefined) return null;
  return Object.values(signInErrors).find((code) => code === text) ?? signInErrors.unavailable;
}
