/** A parsed but unresolved request target: `//host` and `..` are kept. */
export interface Target {
  path: string;
  query: URLSearchParams;
}

/** Splits a request target into path and query; the absolute form, which proxies get, loses scheme and host. */
export function readTarget(url: string): Target {
  const local = url.replace(/^https?:\/\/[^/?]*/i, "");
  const mark = local.indexOf("?");
  const path = mark < 0 ? local : local.slice(0, mark);
  return {
    path: path.startsWith("/") ? path : `/${path}`,
    query: new URLSearchParams(mark < 0 ? "" : local.slice(mark + 1)),
  };
}

/** The path below a context path, or null if it lies elsewhere. */
export function below(contextPath: string, path: string): string | null {
  if (contextPath === "/") return path;
  if (path === contextPath) return "/";
  return path.startsWith(`${contextPath}/`) ? path.slice(contextPath.length) : null;
}
