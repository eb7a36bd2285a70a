/** Which version of which credential a check is made of. */
export type CheckedVersion = { readonly credentialId: string; readonly secretVersion: number };
