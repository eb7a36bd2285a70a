/** The systems that a source or destination can be connected to; there is one. */
export const connectors = [{ slug: "bitbucket-server", name: "Bitbucket Server" }] as const;

/** A connector's name in addresses and rows. */
export type ConnectorSlug = (typeof connectors)[number]["slug"];

/** The connector of that name, or null. */
export function connectorOf(slug: string): (typeof connectors)[number] | null {
  return connectors.find((connector) => connector.slug === slug) ?? null;
}
