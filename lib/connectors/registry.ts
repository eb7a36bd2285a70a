import { bitbucketServer } from "./bitbucket-server/connector";
import type { Connector } from "./connector";
import { type ConnectorKind, connectorKinds } from "./kinds";

const connectors: Readonly<Record<ConnectorKind, Connector>> = {
  "bitbucket-server": bitbucketServer,
};

/** The connector of a kind. */
export function connectorOf(kind: ConnectorKind): Connector {
  return connectors[kind];
}

/** The kind of that name, or null. */
export function findKind(name: string): ConnectorKind | null {
  return connectorKinds.find((kind) => kind === name) ?? null;
}
