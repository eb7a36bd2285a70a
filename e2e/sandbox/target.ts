/** A request's target, taken apart without resolving it: `//host` and `..` stay what they are. */
export interface Target {
  path: string;
  query: URLSearchParams;
}

/** Takes the path and query out of a request target; the absolute form, which proxies get, loses scheme and host. */
export function readTarget(url: string): Target {
  const local = url.replace(/^https?:\/\/[^/?]*/i, "");
  const mark = local.indexOf("?");
  const path = mark < 0 ? local : local.slice(0, mark);
  return {
    path: path.startsWith("/") ? path : `/${path}`,
    query: new URLSearchParams(mark < 0 ? "" : local.slice(mark + 1)),
  };
}

/** The path below a context path, or null when it lies elsewhere. */
export function below(contextPath: string, path: string): string | null {
  if (contextPath === "/") return path;
  if (path === contextPath) return "/";
  return path.startsWith(`${contextPath}/`) ? path.slice(contextPath.length) : null;
}
