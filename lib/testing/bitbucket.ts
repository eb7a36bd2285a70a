import type { IncomingMessage, ServerResponse } from "node:http";
import type { BaseUrl } from "@/lib/connectors/base-url";
import { baseUrlAt } from "./base-url";
import { serveHttp, type TestServer } from "./servers";

/** The stand-in's response at a path: strings as HTML, bytes unchanged, all else as JSON. */
export type TestAnswer = {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Never responds. */
  readonly isSilent?: boolean;
  /** Responds this many milliseconds later. */
  readonly delayMs?: number;
};
/** Called for every request, with the path after the context path; undefined falls back to the default responses. */
export type TestRoutes = (path: string, request: IncomingMessage) => TestAnswer | undefined;

export type SeenRequest = { readonly path: string; readonly authorization: string | undefined };
export type TestBitbucket = TestServer & { readonly seen: SeenRequest[]; readonly baseUrl: BaseUrl };

export const properties = {
  version: "8.19.4",
  buildNumber: "8019004",
  buildDate: "1",
  displayName: "Test Bitbucket",
};
export const jane = {
  name: "jane",
  displayName: "Jane Citizen",
  slug: "jane",
  active: true,
  type: "NORMAL",
  emailAddress: "jane@example.com",
};
export const page = (values: readonly unknown[], isLastPage = true) => ({
  size: values.length,
  limit: 100,
  isLastPage,
  values,
  start: 0,
});
export const denied = (name: string, status = 401): TestAnswer => ({
  status,
  body: { errors: [{ context: null, message: "x", exceptionName: `com.atlassian.bitbucket.${name}` }] },
});

/** The smallest Bitbucket Server that a check can verify: signed in as jane if there is a credential. */
export async function serveBitbucket(
  routes: TestRoutes = () => undefined,
  contextPath = "",
): Promise<TestBitbucket> {
  const seen: SeenRequest[] = [];
  const server = await serveHttp((request, response) => {
    const path = (request.url ?? "").slice(contextPath.length);
    const { authorization } = request.headers;
    seen.push({ path, authorization });
    write(response, routes(path, request) ?? usual(path, authorization !== undefined));
  });
  return { ...server, seen, baseUrl: baseUrlAt(`http://127.0.0.1:${server.port}${contextPath}`) };
}

function usual(path: string, hasCredential: boolean): TestAnswer {
  const headers: Record<string, string> = hasCredential ? { "X-AUSERNAME": "jane", "X-AUSERID": "7" } : {};
  if (path === "/status") return { body: { state: "RUNNING" } };
  if (path.endsWith("/application-properties")) return { body: properties, headers };
  if (!hasCredential) return denied("AuthorisationException");
  if (path.startsWith("/rest/api/1.0/users?")) return { body: page([jane]), headers };
  if (path.startsWith("/rest/api/1.0/projects?")) return { body: page([{}, {}]), headers };
  if (path.includes("REPO_READ")) return { body: page([{}, {}, {}], false), headers };
  if (path.includes("REPO_WRITE")) return { body: page([{}]), headers };
  if (path.includes("REPO_ADMIN")) return { body: page([]), headers };
  return { ...denied("NoSuchUserException", 404), headers };
}

function write(
  response: ServerResponse,
  { status = 200, body = "", headers = {}, isSilent = false, delayMs = 0 }: TestAnswer,
): void {
  if (isSilent) return;
  if (delayMs > 0) {
    setTimeout(() => write(response, { status, body, headers }), delayMs);
    return;
  }
  const isRaw = typeof body === "string" || Buffer.isBuffer(body);
  const type = isRaw ? "text/html" : "application/json;charset=UTF-8";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(isRaw ? body : JSON.stringify(body));
}
