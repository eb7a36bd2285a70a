/** What a reader may know of a credential's owner. */
export type OwnedCredential = {
  readonly ownerName: string;
  /** The owner's account is disabled. */
  readonly isSuspended: boolean;
};

/**
 * Who may change a credential, for users who may not: its owner by name, unless their account is disabled, or an
 * administrator of it.
 */
export function whomToAsk({ ownerName, isSuspended }: OwnedCredential): string {
  return isSuspended ? "an administrator of it" : `the owner, ${ownerName}, or an administrator of it`;
}
