import type { ChosenProject, ChosenRepository, Scope, ScopeKind } from "@/lib/connectors/streams";

/**
 * The choices of the step Data in an address, so that every state of the wizard is a link. Chosen projects and
 * repositories are texts: "31/SHOP/Web Shop", "7/SHOP/storefront/Storefront". Nothing here is validated.
 */
export type Choice = {
  readonly stream: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly scope: Scope;
};

const parameterPrefix = "p.";
const nameInAddress = 40;

/** The most projects or repositories that a source can name: they stand in the address of each step. */
export const mostChosen = 50;
const longestAddress = 4_000;

/** The name of a parameter's field. */
export function parameterField(name: string): string {
  return `${parameterPrefix}${name}`;
}

/** The value of a chosen project's field. */
export function projectToken({ id, key, name }: ChosenProject): string {
  return `${id}/${key}/${shortened(name)}`;
}

/** The value of a chosen repository's field. */
export function repositoryToken({ id, projectKey, slug, name }: ChosenRepository): string {
  return `${id}/${projectKey}/${slug}/${shortened(name)}`;
}

// No half of a character at the end: an address would have a question mark in its place.
function shortened(name: string): string {
  return name.slice(0, nameInAddress).replace(/[\uD800-\uDBFF]$/, "");
}

/** Reads the choices in an address; malformed projects and repositories are left out, and so are doubles. */
export function readChoice(address: URLSearchParams): Choice {
  const parameters: Record<string, string> = {};
  for (const [name, value] of address) {
    if (name.startsWith(parameterPrefix)) parameters[name.slice(parameterPrefix.length)] = value;
  }
  return { stream: address.get("stream") ?? "", parameters, scope: readScope(address) };
}

/** The choices as they stand in an address. */
export function choiceAddress({ stream, parameters, scope }: Choice): URLSearchParams {
  const address = new URLSearchParams();
  if (stream) address.set("stream", stream);
  for (const [name, value] of Object.entries(parameters)) address.set(parameterField(name), value);
  if (stream) address.set("scope", scope.kind);
  if (scope.kind === "projects")
    for (const one of scope.projects) address.append("project", projectToken(one));
  if (scope.kind === "repositories") {
    for (const one of scope.repositories) address.append("repository", repositoryToken(one));
  }
  return address;
}

/** Why so many projects or repositories cannot be chosen, or null. */
export function whyTooMany(choice: Choice): string | null {
  const { scope } = choice;
  if (scope.kind === "everything") return null;
  const count = scope.kind === "projects" ? scope.projects.length : scope.repositories.length;
  const instead = scope.kind === "projects" ? "everything" : "their projects";
  if (count > mostChosen) return `Choose at most ${mostChosen}, or ${instead}. These are ${count}.`;
  if (choiceAddress(choice).toString().length <= longestAddress) return null;
  return `These names are too long for one source. Choose fewer, or ${instead}.`;
}

/** A page's search parameters, where a name may stand several times. */
export function addressOf(given: Readonly<Record<string, string | string[] | undefined>>): URLSearchParams {
  const address = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    for (const one of typeof value === "string" ? [value] : (value ?? [])) address.append(name, one);
  }
  return address;
}

const scopeKinds: readonly ScopeKind[] = ["everything", "projects", "repositories"];

function readScope(address: URLSearchParams): Scope {
  const kind = scopeKinds.find((one) => one === address.get("scope")) ?? "everything";
  if (kind === "projects") return { kind, projects: once(address.getAll("project").map(readProject)) };
  if (kind === "repositories") {
    return { kind, repositories: once(address.getAll("repository").map(readRepository)) };
  }
  return { kind };
}

function once<Chosen extends { readonly id: number }>(read: readonly (Chosen | null)[]): Chosen[] {
  const byId = new Map<number, Chosen>();
  for (const one of read) if (one && !byId.has(one.id)) byId.set(one.id, one);
  return [...byId.values()];
}

// Lists from the server have none, and databases refuse some.
const invisible = /[\p{Cc}\p{Cf}]/u;

function readProject(token: string): ChosenProject | null {
  if (invisible.test(token)) return null;
  const [, id = "", key = "", name = ""] = /^(\d{1,15})\/([^/]{1,200})\/(.*)$/s.exec(token) ?? [];
  return key ? { id: Number(id), key, name: name || key } : null;
}

function readRepository(token: string): ChosenRepository | null {
  if (invisible.test(token)) return null;
  const [, id = "", projectKey = "", slug = "", name = ""] =
    /^(\d{1,15})\/([^/]{1,200})\/([^/]{1,200})\/(.*)$/s.exec(token) ?? [];
  return slug ? { id: Number(id), projectKey, slug, name: name || slug } : null;
}
