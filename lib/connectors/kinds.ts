/** The systems that the portal can connect to, by their names in rows and URLs. */
export const connectorKinds = ["bitbucket-server"] as const;
export type ConnectorKind = (typeof connectorKinds)[number];

/** The kind for forms and rows from before kinds existed. */
export const defaultKind: ConnectorKind = "bitbucket-server";
