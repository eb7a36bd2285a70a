import type { ActionSender } from "./action-sender";
import { bitbucketSender } from "./bitbucket-server/sending/all";
import type { ConnectorKind } from "./kinds";

const senders: Readonly<Record<ConnectorKind, ActionSender>> = { "bitbucket-server": bitbucketSender };

/** How records are written to a kind of system: a pure state machine. Browser-safe. */
export function senderOf(kind: ConnectorKind): ActionSender {
  return senders[kind];
}
