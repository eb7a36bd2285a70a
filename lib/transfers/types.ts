import type { CredentialStatus, SignInMethod } from "@/lib/credentials/checks/types";

/** An offer that waits for this person's answer. Instants are ISO 8601 in UTC. */
export type OfferToMe = {
  readonly credentialId: string;
  readonly credentialName: string;
  readonly fromName: string;
  readonly offeredAt: string;
};

/** What the owner sees of the handing over of a credential: the open offer, if there is one. */
export type OwnersSide = {
  readonly side: "owner";
  readonly credentialId: string;
  readonly credentialName: string;
  readonly open: { readonly id: string; readonly toName: string; readonly offeredAt: string } | null;
};

/** What somebody sees who is offered a credential: enough to decide, nothing that is secret, and no right to use it. */
export type RecipientsSide = {
  readonly side: "recipient";
  readonly transferId: string;
  readonly fromName: string;
  readonly offeredAt: string;
  readonly credentialId: string;
  readonly credentialName: string;
  /** They own a credential of that name, so they have to give this one another. */
  readonly nameIsTaken: boolean;
  readonly description: string;
  readonly baseUrl: string;
  readonly method: SignInMethod;
  readonly username: string | null;
  readonly status: CredentialStatus;
  readonly checkedAt: string | null;
};

/** The handing over of one credential, from where the reader stands. */
export type OwnershipTransfer = OwnersSide | RecipientsSide;
