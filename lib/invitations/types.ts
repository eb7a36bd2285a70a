/** What the holder of an invitation's link is offered. */
export type InvitationOffer = {
  /** The team that it lets into; null for one into the portal only. */
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly invitedByName: string;
  readonly expiresAt: string;
  /** Whether a new account can be made with it where new accounts need an invitation. */
  readonly opensSignUp: boolean;
};

/** An invitation that nobody has used yet, for those who can revoke it. Its link is not in it: that was shown once. */
export type OpenInvitation = {
  readonly id: string;
  /** Whom it is meant for; empty where nobody said. */
  readonly email: string;
  readonly teamName: string | null;
  readonly invitedByName: string;
  readonly createdAt: string;
  readonly expiresAt: string;
};

/** A new invitation's link, which exists nowhere else: shown once, to its maker. */
export type NewInvitation = { readonly link: string };
