import type { ReadContext, StreamCall } from "@/lib/connectors/stream-reader";
import type { SourceSettings } from "@/lib/connectors/streams";
import type { Level, ListPlan, Place, StreamDefinition } from "../streams/definition";
import type { Unit } from "./position";

/** The server lowers a larger limit to its own. */
const mostPerPage = 1000;

/** How many records to ask for: the page size, but no more than the list gives. */
export function limitOf({ pageSize }: ReadContext, most = mostPerPage): number {
  return Math.max(1, Math.min(pageSize, most));
}

/** The call for one page of a list. */
export function listCall(
  context: ReadContext,
  plan: ListPlan,
  at: { readonly unit: Unit; readonly start: number; readonly parent?: string | number },
): StreamCall {
  const { parameters } = context.settings;
  const query: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(plan.query ?? {})) {
    query[name] = value.replace("{parent}", String(at.parent ?? ""));
  }
  for (const [name, parameter] of Object.entries(plan.queryFrom ?? {})) {
    const value = parameters[parameter] ?? "";
    if (value !== "") query[name] = value;
  }
  const paging = plan.isUnpaged ? {} : { limit: limitOf(context, plan.most), start: at.start };
  return { path: pathOf(plan.path, at.unit, at.parent), query: { ...query, ...paging } };
}

/** Fills the names into a path. They are data: a slash in one would address something else. */
export function pathOf(path: string, unit: Unit, parent?: string | number): string {
  const project = unit.kind === "project" ? unit.key : unit.kind === "repository" ? unit.projectKey : "";
  const repository = unit.kind === "repository" ? unit.slug : "";
  return path
    .replace("{project}", () => segment(project))
    .replace("{repository}", () => segment(repository))
    .replace("{parent}", () => segment(String(parent ?? "")));
}

function segment(text: string): string {
  // Servers drop such segments, encoded or not; no project or repository has such a name.
  return /^\.{1,2}$/.test(text) ? "_" : encodeURIComponent(text);
}

/** What records know about where they were found. */
export function placeOf(unit: Unit, { parameters }: SourceSettings): Place {
  const at: Place = { "parameter.at": parameters.at === "" ? undefined : parameters.at };
  if (unit.kind === "project") return { ...at, projectKey: unit.key, projectId: unit.id };
  if (unit.kind === "server") return at;
  const branch = parameters.branch === "named" ? parameters.branchName : undefined;
  return { ...at, branch, projectKey: unit.projectKey, repositoryId: unit.id, slug: unit.slug };
}

/** Of what the stream has lists. */
export function levelOf({ reading }: StreamDefinition, { parameters }: SourceSettings): Level {
  if (reading.level !== "by-parameter") return reading.level;
  return parameters.level === "project" ? "project" : "repository";
}

/** The stream's lists, one after the other. */
export function listsOf(definition: StreamDefinition, settings: SourceSettings): readonly ListPlan[] {
  const { lists } = definition.reading;
  return isList(lists) ? lists : (lists[levelOf(definition, settings)] ?? []);
}

function isList(lists: StreamDefinition["reading"]["lists"]): lists is readonly ListPlan[] {
  return Array.isArray(lists);
}

/** What is listed first, where records are children of it. */
export function parentsOf({ reading }: StreamDefinition, { parameters }: SourceSettings) {
  if (reading.of !== "by-parameter") return reading.of ?? null;
  return parameters.of === "commits" ? "commits" : "pull-requests";
}

/** Repositories that are archived are left out unless asked for; versions before 8.0 ignore the parameter. */
export function archivedQuery({ settings, serverVersion }: ReadContext): Record<string, string> {
  if (serverVersion !== null && Number.parseInt(serverVersion, 10) < 8) return {};
  return { archived: settings.parameters.archived ?? "ALL" };
}
