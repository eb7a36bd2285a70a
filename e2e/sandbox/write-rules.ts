import type { Answer } from "./answer";
import { unsupportedMediaType, xsrfFailed } from "./errors";
import { isWrite, type SandboxRequest } from "./request";

/** What a browser's form can send, to any server. */
const formTypes = ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded"];

/**
 * Refuses a change with a content type that a browser's form can send, unless the caller opts out of the XSRF check, and
 * types that the route does not take: all take JSON, the one that writes files takes a form.
 */
export function wrongBody({ method, path, headers, body }: SandboxRequest): Answer | null {
  if (!isWrite(method)) return null;
  const type = (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const isFormLike = formTypes.includes(type) || (type === "" && method === "POST");
  if (isFormLike && headers["x-atlassian-token"] !== "no-check") return xsrfFailed();
  if (method === "PUT" && path.includes("/browse/")) {
    return type === "multipart/form-data" ? null : unsupportedMediaType();
  }
  if (type === "application/json" || (type === "" && body === "")) return null;
  return unsupportedMediaType();
}
