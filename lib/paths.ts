import type { ConnectorKind } from "./connectors/kinds";

/** The first segment of every address of a source or destination. */
export type DirectionPath = "sources" | "destinations";

/** What an endpoint is to the portal: data comes from a source and goes to a destination. */
export type Direction = "source" | "destination";

/** The direction that an address segment names, or null for anything else. */
export function directionOf(segment: string): Direction | null {
  if (segment === "sources") return "source";
  return segment === "destinations" ? "destination" : null;
}

/** The address segment of a direction. */
export function pathOf(direction: Direction): DirectionPath {
  return direction === "source" ? "sources" : "destinations";
}

/** The addresses of the wizard that makes a source or destination, in the order of its steps. */
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

/** A step of the wizard with that credential chosen, whatever the id looks like. */
export function withCredential(path: string, credentialId: string): string {
  return `${path}?${new URLSearchParams({ credential: credentialId })}`;
}

/** The list of all credentials that one sees. */
export const credentialsPath = "/credentials";

/** The form that adds a credential by itself, outside of the wizard. */
export const addCredentialPath = `${credentialsPath}/new`;

/** The page of a credential, whatever the id looks like. */
export function credentialPath(id: string): string {
  return `${credentialsPath}/${encodeURIComponent(id)}`;
}

/** The pages that change a credential, whatever the id looks like. */
export function credentialPaths(id: string) {
  const page = credentialPath(id);
  return { edit: `${page}/edit`, replaceSecret: `${page}/replace-secret`, delete: `${page}/delete` };
}

/** The page of a source or destination, whatever the id looks like. */
export function endpointPath(direction: Direction, id: string): string {
  return `/${pathOf(direction)}/${encodeURIComponent(id)}`;
}

/** The pages that change a source or destination, whatever the id looks like. */
export function endpointPaths(direction: Direction, id: string) {
  const page = endpointPath(direction, id);
  return { edit: `${page}/edit`, delete: `${page}/delete` };
}

/** What is shared, as an address needs to know it: an endpoint's lies under its direction. */
export type Addressed =
  | { readonly kind: "credential"; readonly id: string }
  | { readonly kind: "endpoint"; readonly id: string; readonly direction: Direction };

/** The page of a credential, source or destination. */
export function thingPath(thing: Addressed): string {
  return thing.kind === "credential" ? credentialPath(thing.id) : endpointPath(thing.direction, thing.id);
}

/** The address of its Share dialog, which opens as a page too. */
export function sharePath(thing: Addressed): string {
  return `${thingPath(thing)}/share`;
}

/** Where its owner hands a credential over, and where the other one answers. */
export function transferPath(credentialId: string): string {
  return `${credentialPath(credentialId)}/transfer`;
}
