import type { IncomingHttpHeaders } from "node:http";
import type { Instance } from "./instance";

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
