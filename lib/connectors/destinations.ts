import "server-only";
import type { OpenedDestination } from "./action-sender";
import { openBitbucketDestination } from "./bitbucket-server/destination";
import type { CheckEgress, CheckTarget } from "./connector";
import type { ConnectorKind } from "./kinds";

type Open = (egress: CheckEgress, target: CheckTarget) => Promise<OpenedDestination>;

const destinations: Readonly<Record<ConnectorKind, Open>> = { "bitbucket-server": openBitbucketDestination };

/** Opens a connection for writing with a credential. Never throws; the caller must close the destination. */
export function openDestination(
  kind: ConnectorKind,
  egress: CheckEgress,
  target: CheckTarget,
): Promise<OpenedDestination> {
  return destinations[kind](egress, target);
}
