import type { IncomingHttpHeaders } from "node:http";
import type { Instance } from "./instance";

/** Whether requests with this method change something. */
export function isWrite(method: string): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}

/** One request as an instance sees it. */
export interface SandboxRequest {
  instance: Instance;
  method: string;
  /** Without the context path, still percent-encoded, always with a leading slash. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}
