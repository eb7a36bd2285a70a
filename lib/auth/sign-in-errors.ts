/** The codes that the sign-in page's address can carry; the first is next-auth's own, the second ours. */
export const signInErrors = { notAccepted: "CredentialsSignin", rateLimited: "RateLimited" } as const;
