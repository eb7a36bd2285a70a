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
    /** What to read, or what to write. */
    data: `${authenticate}/data`,
    details: `${authenticate}/details`,
  };
}

/** A path with the parameters that have a value. */
export function withQuery(
  path: string,
  parameters: Readonly<Record<string, string | null | undefined>>,
): string {
  const query = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The addresses of the pages beside one page of a list; null at the list's ends. */
export type PagePaths = { readonly newer: string | null; readonly older: string | null };

/** The addresses beside a page of the list at `path`, which keep the list's other parameters. */
export function pagePaths(
  path: string,
  { next, previous }: { next: string | null; previous: string | null },
  parameters: Readonly<Record<string, string | null | undefined>> = {},
): PagePaths {
  return {
    newer: previous && withQuery(path, { ...parameters, before: previous }),
    older: next && withQuery(path, { ...parameters, after: next }),
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

/** Add New Credential, filled in from another credential but for its secret. */
export function copyCredentialPath(id: string): string {
  return withQuery(addCredentialPath, { copy: id });
}

/** The page that searches everything that the user sees. */
export const searchPath = "/search";

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
  return { edit: `${page}/edit`, editData: `${page}/edit/data`, delete: `${page}/delete` };
}

/** The tabs of a source's or destination's page that have a page of their own; any id is escaped. */
export function endpointTabs(direction: Direction, id: string) {
  const page = endpointPath(direction, id);
  return {
    runs: `${page}/runs`,
    data: `${page}/data`,
    columns: `${page}/columns`,
    /** Of a destination only: what a run would do. */
    dryRun: `${page}/dry-run`,
    history: `${page}/history`,
    access: `${page}/access`,
  };
}

/** The page of one run; any id is escaped. */
export function runPath(direction: Direction, endpointId: string, runId: string): string {
  return `${endpointTabs(direction, endpointId).runs}/${encodeURIComponent(runId)}`;
}

/** The page of a team. */
export function teamPath(teamId: string): string {
  return `/teams/${encodeURIComponent(teamId)}`;
}

/** The page of what a team hears about, and where. */
export function teamNewsPath(teamId: string): string {
  return `${teamPath(teamId)}/notifications`;
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

/**
 * All icons in one file, so that no page and no script carries drawings. The version changes with them, because browsers
 * keep the file for a year; `icon-drawings.test.ts` says what it has to be.
 */
export const iconsPath = "/icons.svg?v=2f31b117";
