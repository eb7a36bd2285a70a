/** The credential, and the version of its secret, that a check uses. */
export type CheckedVersion = { readonly credentialId: string; readonly secretVersion: number };

/** What a stored sign-in names beside its secret: a password's user, or the typed account of an API key. */
export type NamedSignIn = { readonly method: "password" | "api-key"; readonly username: string | null };
