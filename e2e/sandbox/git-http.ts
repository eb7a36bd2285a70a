import type { Level } from "./accounts";
import { type Answer, text } from "./answer";
import type { Repository } from "./company";
import { gitSignInWanted } from "./errors";
import { packOf } from "./git-objects";
import { canOnRepository } from "./permissions";
import type { SandboxRequest } from "./request";
import type { Caller } from "./sign-in";
import type { Content } from "./world/content";
import type { World } from "./world/world";

const services = { "git-upload-pack": "READ", "git-receive-pack": "WRITE" } as const;
type Service = keyof typeof services;

const flush = "0000";
const noCommit = "0".repeat(40);
const uncached = { "Cache-Control": "no-cache, max-age=0, must-revalidate" };

/**
 * Git's smart HTTP protocol below /scm (https://git-scm.com/docs/http-protocol): list, clone and fetch; a push is
 * refused. Anonymous callers get 401 with the realm, so that git asks for a user name and password.
 */
export function gitAnswer(request: SandboxRequest, caller: Caller | null): Answer {
  const {
    project = "",
    slug = "",
    rest = "",
  } = /^\/scm\/(?<project>[^/]+)\/(?<slug>[^/]+?)(?:\.git)?\/(?<rest>.+)$/.exec(decoded(request.path))
    ?.groups ?? {};
  const service = serviceOf(request, rest);
  if (service === null) return notFound();
  const repository = repositoryAt(request.instance.world, project, slug);
  const viewer = { caller, publicAccess: request.instance.settings.publicAccess };
  const can = (level: Level) => repository !== undefined && canOnRepository(viewer, repository, level);
  if (!can("READ") || repository === undefined) return caller ? notFound() : gitSignInWanted();
  if (!can(services[service])) return caller ? mayNotPush() : gitSignInWanted();
  const history = request.instance.world.contentOf(repository);
  if (request.method === "GET") return advertise(service, history);
  return service === "git-upload-pack" ? upload(history) : pushRefused();
}

function serviceOf(request: SandboxRequest, rest: string): Service | null {
  const named = request.method === "GET" && rest === "info/refs" ? request.query.get("service") : null;
  const name = request.method === "POST" ? rest : named;
  return name === "git-upload-pack" || name === "git-receive-pack" ? name : null;
}

function repositoryAt(world: World, projectKey: string, slug: string): Repository | undefined {
  const project = world.findProject(projectKey);
  return project && world.findRepository(project, slug);
}

function advertise(service: Service, history: Content): Answer {
  const branches = [...history.branches].sort((one, other) => (one.name < other.name ? -1 : 1));
  const head = history.default;
  const refs = [
    ...(head ? [`${head.latestCommit} HEAD`] : []),
    ...branches.map((branch) => `${branch.latestCommit} refs/heads/${branch.name}`),
  ];
  const [first = `${noCommit} capabilities^{}`, ...others] = refs;
  const abilities = `${head ? `symref=HEAD:refs/heads/${head.name} ` : ""}agent=git/2.45.0`;
  const lines = [`${first}\0${abilities}\n`, ...others.map((ref) => `${ref}\n`)];
  const body = [packet(`# service=${service}\n`), flush, ...lines.map(packet), flush].join("");
  return gitBody(`application/x-${service}-advertisement`, Buffer.from(body));
}

/** All objects of the repository, whatever git wants: it keeps the ones it needs. */
function upload(history: Content): Answer {
  const pack = packOf(history.objects);
  return gitBody("application/x-git-upload-pack-result", Buffer.concat([Buffer.from(packet("NAK\n")), pack]));
}

function pushRefused(): Answer {
  const body = packet("unpack this stand-in stores nothing\n") + flush;
  return gitBody("application/x-git-receive-pack-result", Buffer.from(body));
}

function gitBody(type: string, body: Buffer): Answer {
  return { status: 200, headers: { "Content-Type": type, ...uncached }, body };
}

function packet(line: string): string {
  return (Buffer.byteLength(line) + 4).toString(16).padStart(4, "0") + line;
}

function mayNotPush(): Answer {
  return text(403, "Permission denied\nYou do not have permission to push to this repository.\n", uncached);
}

/** Git shows this text to its user; it hides from callers without rights whether the repository exists. */
function notFound(): Answer {
  return text(
    404,
    "Repository not found\nThe requested repository does not exist, or you do not have permission to access it.\n",
    uncached,
  );
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
