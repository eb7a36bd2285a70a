import type { CredentialStatus, SignInMethod } from "@/lib/credentials/checks/types";

/** An offer that the user has to answer. Instants are ISO 8601 in UTC. */
export type OfferToMe = {
  readonly credentialId: string;
  readonly credentialName: string;
  readonly fromName: string;
  readonly offeredAt: string;
};

/** The owner's view of an ownership transfer: the open offer, if there is one. */
export type OwnersSide = {
  readonly side: "owner";
  readonly credentialId: string;
  readonly credentialName: string;
  readonly open: { readonly id: string; readonly toName: string; readonly offeredAt: string } | null;
};

/** The recipient's view of an offered credential: enough to decide, nothing secret, and no right to use it. */
export type RecipientsSide = {
  readonly side: "recipient";
  readonly transferId: string;
  readonly fromName: string;
  readonly offeredAt: string;
  readonly credentialId: string;
  readonly credentialName: string;
  /** The recipient owns a credential of that name, so this one needs another. */
  readonly nameIsTaken: boolean;
  readonly description: string;
  readonly baseUrl: string;
  readonly method: SignInMethod;
  readonly username: string | null;
  readonly status: CredentialStatus;
  readonly checkedAt: string | null;
};

/** The ownership transfer of one credential, as the reader sees it. */
export type OwnershipTransfer = OwnersSide | RecipientsSide;
