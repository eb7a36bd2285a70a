import type { NewsKind } from "@/lib/notifications/news";

/** A webhook as its page shows it. The instant is ISO 8601 in UTC. */
export type ShownWebhook = {
  readonly id: string;
  readonly address: string;
  readonly failingSince: string | null;
  /** Why nothing is sent there any more; null while it works. */
  readonly stoppedFor: "gone" | "failing" | null;
};

/** A team's webhook, and the kinds of messages that are not posted to it. */
export type TeamWebhook = ShownWebhook & {
  readonly mutedKinds: readonly NewsKind[];
  /** Who set it; `isOwner` is false once they are none any more, or disabled. */
  readonly setBy: { readonly name: string; readonly isOwner: boolean } | null;
};

/** One line of the delivery log. Instants are ISO 8601 in UTC. */
export type Attempt = {
  readonly id: string;
  readonly at: string;
  readonly channel: "email" | "webhook";
  /** Null for a test, and for the first e-mail to a team's address. */
  readonly kind: NewsKind | null;
  readonly isFirst: boolean;
  readonly status: number | null;
  /** A code from a closed list; null if it arrived. */
  readonly failure: string | null;
  /** When the message is tried again; null if it is not. */
  readonly nextAt: string | null;
};
