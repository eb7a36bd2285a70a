import type { Outcome } from "./bitbucket";
import type { Counted } from "./counters";
import type { SandboxRequest } from "./request";

/** What the counters learn of a request and its outcome. */
export function countedOf(request: SandboxRequest, { answer, signIn, route }: Outcome): Counted {
  const account = signIn.outcome === "accepted" ? (signIn.account?.name ?? null) : null;
  if (!route) return { account, pattern: null, status: answer.status, page: null };
  const { pattern, params } = route;
  return { account, pattern, status: answer.status, page: pageOfRequest(request, pattern, params) };
}

function pageOfRequest(
  { instance, query }: SandboxRequest,
  pattern: string,
  params: ReadonlyMap<string, string>,
): Counted["page"] {
  if (!pattern.startsWith("GET ")) return null;
  const project = instance.world.findProject(params.get("project") ?? "");
  const repository = project && instance.world.findRepository(project, params.get("repository") ?? "");
  // A repository is known by its id, so that a new name does not begin a new list.
  const names = [...params].filter(
    ([name]) => repository === undefined || !["project", "repository"].includes(name),
  );
  const filters = [...query].filter(([name]) => name !== "start" && name !== "limit");
  const details = [...names, ...filters].map(([name, value]) => `${name}=${value}`);
  return {
    repository: repository?.id ?? null,
    stream: [pattern, ...details].join(" "),
    start: Number(query.get("start") ?? 0) || 0,
  };
}
