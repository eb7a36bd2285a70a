export type ManualPath =
  | { readonly ok: true; readonly path: string; readonly query: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly message: string };

const refuse = (message: string): ManualPath => ({ ok: false, message });

/**
 * Splits a typed path into path and query. Only paths below `/rest/` are used: elsewhere the server has pages, and
 * refuses API keys. The path goes to the server as it is typed, so nothing in it may lead elsewhere.
 */
export function splitManualPath(typed: string, use: "read" | "written" = "read"): ManualPath {
  const text = typed.trim();
  if (text === "") return refuse("Enter a path, such as /rest/api/1.0/projects.");
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(text)) {
    return refuse(
      "Enter only the path: the server is that of the credential. Remove what comes before /rest/.",
    );
  }
  const [before = "", ...after] = text.split("#")[0]?.split("?") ?? [];
  if (!before.startsWith("/rest/")) {
    return refuse(
      `Only paths that begin with /rest/ can be ${use}. Copy the path from Bitbucket’s REST reference.`,
    );
  }
  if (/[\s\\]|[^\u0021-\u007e]/.test(before)) {
    return refuse("Spaces, backslashes and special characters must be percent-encoded, such as %20.");
  }
  if (/%(?![0-9a-f]{2})/i.test(before)) return refuse("A percent sign must be written as %25.");
  // Encoded dots, slashes and backslashes are decoded by proxies in front of the server.
  const isStep = (segment: string) => /^(?:\.|%2e){1,2}(?:;.*)?$/i.test(segment);
  if (before.split("/").some(isStep) || /%2f|%5c|%00|;|\/\//i.test(before)) {
    return refuse("The path may not contain “..”, “//”, “;” or encoded slashes. Enter the path itself.");
  }
  return { ok: true, path: before, query: readQuery(after.join("?")) };
}

/** Query parameters as typed; of equal names the last one counts. */
export function readQuery(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(text.trim()));
}
