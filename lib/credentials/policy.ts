/** The roles on a credential, strongest first. No role may read a secret back. */
export const credentialRoles = ["owner", "administrator", "collaborator"] as const;
export type CredentialRole = (typeof credentialRoles)[number];

/** The roles that can be granted; ownership is transferred instead. */
export const grantableCredentialRoles = ["administrator", "collaborator"] as const;
export type GrantableCredentialRole = (typeof grantableCredentialRoles)[number];

const everybody: readonly CredentialRole[] = credentialRoles;
const managers: readonly CredentialRole[] = ["owner", "administrator"];

/** Every operation on a credential, and the roles that may perform it; anything not listed is forbidden. */
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
  transfer: ["owner"],
} as const satisfies Record<string, readonly CredentialRole[]>;

/** The operations that sign in with the secret, or prepare to. */
const usesSecret: ReadonlySet<keyof typeof allowed> = new Set(["use", "check", "tryAgain"]);

export type CredentialOperation = keyof typeof allowed;
export const credentialOperations = Object.keys(allowed) as CredentialOperation[]; // Object.keys loses the names' type.

/** True when that role permits the operation; false without a role. */
export function mayOnCredential(role: CredentialRole | null, operation: CredentialOperation): boolean {
  const roles: readonly CredentialRole[] = allowed[operation];
  return role !== null && roles.includes(role);
}

/**
 * True when the operation is suspended: while the owner's account is disabled, no role may sign in with the secret.
 * Viewing, changing and revoking access still work.
 */
export function isSuspendedFor(operation: CredentialOperation, ownerIsDisabled: boolean): boolean {
  return ownerIsDisabled && usesSecret.has(operation);
}
