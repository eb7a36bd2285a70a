/** The systems that the portal can connect to, as their names stand in rows and addresses. */
export const connectorKinds = ["bitbucket-server"] as const;
export type ConnectorKind = (typeof connectorKinds)[number];

/** The kind of what names none: forms and rows from before there were kinds. */
export const defaultKind: ConnectorKind = "bitbucket-server";
