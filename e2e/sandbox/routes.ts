import type { Endpoint } from "./route";
import { routes } from "./route-table";
import { isAtLeast } from "./versions";

export interface Match {
  endpoint: Endpoint;
  /** Method and path with the names of its parts, such as "GET /rest/api/1.0/projects/:project". */
  pattern: string;
  params: ReadonlyMap<string, string>;
}

/** The endpoint for a request, or the reason why there is none; `withoutRoutes` are parts of paths that the server lacks. */
export function findEndpoint(
  method: string,
  path: string,
  { version, withoutRoutes }: { version: string; withoutRoutes: readonly string[] },
): Match | "no-such-path" | "no-such-method" {
  const given = decodeSegments(path.replace(/^(\/rest\/[a-z-]+)\/latest(?=\/|$)/, "$1/1.0"));
  if (!given) return "no-such-path";
  const request = method === "HEAD" ? "GET" : method;
  let found: Match | "no-such-path" | "no-such-method" = "no-such-path";
  for (const { method: known, path: shape, segments, endpoint, since } of routes) {
    const params = matchSegments(segments, given);
    if (!params || withoutRoutes.some((part) => shape.includes(part))) continue;
    if (since !== null && !isAtLeast(version, since)) continue;
    if (known === request) return { endpoint, pattern: `${known} ${shape}`, params };
    found = "no-such-method";
  }
  return found;
}

function decodeSegments(path: string): string[] | null {
  try {
    return path.replace(/\/$/, "").split("/").map(decodeURIComponent);
  } catch {
    // A stray percent sign: an unknown path, not a server error.
    return null;
  }
}

function matchSegments(pattern: readonly string[], given: readonly string[]): Map<string, string> | null {
  const isOpenEnded = pattern.at(-1)?.endsWith("*") === true;
  if (isOpenEnded ? given.length < pattern.length - 1 : pattern.length !== given.length) return null;
  const params = new Map<string, string>();
  for (const [index, wanted] of pattern.entries()) {
    const segment = given[index] ?? "";
    if (wanted.endsWith("*")) return params.set(wanted.slice(1, -1), given.slice(index).join("/"));
    if (!wanted.startsWith(":")) {
      if (wanted !== segment) return null;
    } else if (segment === "") return null;
    else params.set(wanted.slice(1), segment);
  }
  return params;
}
