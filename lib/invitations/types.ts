/** What an invitation's link offers its holder. */
export type InvitationOffer = {
  /** The invitation's team; null for one into the portal only. */
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly invitedByName: string;
  readonly expiresAt: string;
  /** True if a new account can be created with it where sign-up requires an invitation. */
  readonly opensSignUp: boolean;
};

/** An unused invitation, for users who can revoke it. Without its link, which was shown once. */
export type OpenInvitation = {
  readonly id: string;
  /** The intended recipient; empty if not given. */
  readonly email: string;
  readonly teamName: string | null;
  readonly invitedByName: string;
  readonly createdAt: string;
  readonly expiresAt: string;
};

/** A new invitation's link, which is not stored: shown once, to its maker. */
export type NewInvitation = { readonly link: string };
