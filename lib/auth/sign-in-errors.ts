/** The error codes in the sign-in page's URL; the first is next-auth's, the others are the portal's. */
export const signInErrors = {
  notAccepted: "CredentialsSignin",
  rateLimited: "RateLimited",
  /** The form was too old: next-auth's token in it matches no cookie of this browser any more. */
  stale: "Stale",
  /** Too many sign-ins at once, by all clients: nothing was checked. */
  busy: "Busy",
  unavailable: "Unavailable",
} as const;

/** Any of these codes. */
export type SignInError = (typeof signInErrors)[keyof typeof signInErrors];

/** The code in a URL, or null without one; an unknown code reads as `unavailable`. */
export function signInErrorOf(text: string | string[] | null | undefined): SignInError | null {
  if (text === null || text === undefined) return null;
  return Object.values(signInErrors).find((code) => code === text) ?? signInErrors.unavailable;
}
