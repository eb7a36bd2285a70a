import { ask, type Reply } from "./ask";
import type { Sandbox } from "./start";

/** A caller of one server's REST API that may change something. */
export interface Writer {
  get(path: string): Promise<Reply>;
  post(path: string, body?: unknown): Promise<Reply>;
  put(path: string, body?: unknown): Promise<Reply>;
  remove(path: string, body?: unknown): Promise<Reply>;
}

/** For tests: writes to the REST API of one of the sandbox's servers as one caller; paths begin after /rest/. */
export function writer(sandbox: Sandbox, authorization: string, instanceName = "/"): Writer {
  const call = (method: string) => (path: string, body?: unknown) =>
    ask(`${sandbox.url(instanceName)}/rest/${path}`, {
      method,
      authorization,
      body,
      headers: { "x-atlassian-token": "no-check" },
    });
  return { get: call("GET"), post: call("POST"), put: call("PUT"), remove: call("DELETE") };
}
