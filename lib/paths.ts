import type { ConnectorKind } from "./connectors/kinds";

/** The first path segment of every source or destination. */
export type DirectionPath = "sources" | "destinations";

/** An endpoint's direction: data comes from a source and goes to a destination. */
export type Direction = "source" | "destination";

/** The direction of a path segment, or null for anything else. */
export function directionOf(segment: string): Direction | null {
  if (segment === "sources") return "source";
  return segment === "destinations" ? "destination" : null;
}

/** The path segment of a direction. */
export function pathOf(direction: Direction): DirectionPath {
  return direction === "source" ? "sources" : "destinations";
}

/** The paths of the wizard for a new source or destination, in the order of its steps. */
export function wizardPaths(direction: Direction, connector: ConnectorKind) {
  const start = `/${pathOf(direction)}/new`;
  const authenticate = `${start}/${connector}`;
  return {
    list: `/${pathOf(direction)}`,
    start,
    authenticate,
    addCredential: `${authenticate}/credentials/new`,
    details: `${authenticate}/details`,
  };
}

/** A wizard step with that credential chosen; any id is escaped. */
export function withCredential(path: string, credentialId: string): string {
  return `${path}?${new URLSearchParams({ credential: credentialId })}`;
}

/** The list of all credentials that the user sees. */
export const credentialsPath = "/credentials";

/** The form that adds a credential outside the wizard. */
export const addCredentialPath = `${credentialsPath}/new`;

/** The page of a credential; any id is escaped. */
export function credentialPath(id: string): string {
  return `${credentialsPath}/${encodeURIComponent(id)}`;
}

/** The pages that change a credential; any id is escaped. */
export function credentialPaths(id: string) {
  const page = credentialPath(id);
  return { edit: `${page}/edit`, replaceSecret: `${page}/replace-secret`, delete: `${page}/delete` };
}

/** The page of a source or destination; any id is escaped. */
export function endpointPath(direction: Direction, id: string): string {
  return `/${pathOf(direction)}/${encodeURIComponent(id)}`;
}

/** The pages that change a source or destination; any id is escaped. */
export function endpointPaths(direction: Direction, id: string) {
  const page = endpointPath(direction, id);
  return { edit: `${page}/edit`, delete: `${page}/delete` };
}

/** An item that has a path: an endpoint's depends on its direction. */
export type Addressed =
  | { readonly kind: "credential"; readonly id: string }
  | { readonly kind: "endpoint"; readonly id: string; readonly direction: Direction };

/** The page of a credential, source or destination. */
export function thingPath(thing: Addressed): string {
  return thing.kind === "credential" ? credentialPath(thing.id) : endpointPath(thing.direction, thing.id);
}

/** The path of its Share dialog, which opens as a page, too. */
export function sharePath(thing: Addressed): string {
  return `${thingPath(thing)}/share`;
}

/** The page where the owner offers a credential to another user, and where that user answers. */
export function transferPath(credentialId: string): string {
  return `${credentialPath(credentialId)}/transfer`;
}
