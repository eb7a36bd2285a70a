import type { NewsKind } from "@/lib/notifications/news";

/** The address that a team's messages are mailed to, and the kinds that are not. */
export type TeamMail = {
  readonly id: string;
  readonly address: string;
  /** Nothing is sent there any more, because it failed for too long. */
  readonly isStopped: boolean;
  readonly mutedKinds: readonly NewsKind[];
  /** Who set it; `isOwner` is false once they are none any more, or disabled. */
  readonly setBy: { readonly name: string; readonly isOwner: boolean };
};
