/** The credential, and the version of its secret, that a check uses. */
export type CheckedVersion = { readonly credentialId: string; readonly secretVersion: number };
