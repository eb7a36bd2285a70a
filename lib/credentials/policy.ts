/** What somebody is to a credential, strongest first; the list is closed. Nobody reads a secret back. */
export const credentialRoles = ["owner", "administrator", "collaborator"] as const;
export type CredentialRole = (typeof credentialRoles)[number];

/** The roles that can be given; owner is handed over instead. */
export const grantableCredentialRoles = ["administrator", "collaborator"] as const;
export type GrantableCredentialRole = (typeof grantableCredentialRoles)[number];

const everybody: readonly CredentialRole[] = credentialRoles;
const managers: readonly CredentialRole[] = ["owner", "administrator"];

/** Everything that can be done with a credential, and who may; what is not listed here cannot be done. */
const allowed = {
  see: everybody,
  use: everybody,
  check: everybody,
  readHistory: everybody,
  // One more sign-in attempt with an account that its server has refused may lock that account.
  tryAgain: managers,
  edit: managers,
  replaceSecret: managers,
  share: managers,
  delete: managers,
  handOver: ["owner"],
} as const satisfies Record<string, readonly CredentialRole[]>;

/** What signs in with the secret, or is about to. */
const usesSecret: ReadonlySet<keyof typeof allowed> = new Set(["use", "check", "tryAgain"]);

export type CredentialOperation = keyof typeof allowed;
export const credentialOperations = Object.keys(allowed) as CredentialOperation[]; // Object.keys forgets the names' type.

/** True when that role may do that; without a role nothing may be done. */
export function mayOnCredential(role: CredentialRole | null, operation: CredentialOperation): boolean {
  const roles: readonly CredentialRole[] = allowed[operation];
  return role !== null && roles.includes(role);
}

/**
 * True where a credential is suspended for that operation: while its owner's account is disabled nobody signs in with its
 * secret, whatever their role. Looking at it, changing it and ending what is shared go on.
 */
export function isSuspendedFor(operation: CredentialOperation, ownerIsDisabled: boolean): boolean {
  return ownerIsDisabled && usesSecret.has(operation);
}
