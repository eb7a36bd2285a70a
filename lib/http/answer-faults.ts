import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage, ServerResponse } from "node:http";
import { faultPage, retryAfterSeconds } from "./fault-page";
import { takeFault } from "./request-faults";

const readingMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Headers that describe the replaced body or its transfer. */
const bodyHeaders =
  /^(?:content-(?:type|length|encoding|language)|transfer-encoding|etag|last-modified|link|location|vary|refresh|cache-control|set-cookie|x-nextjs-.*|x-next-.*|x-action-.*)$/;

/**
 * Answers every request that failed for a database fault with 503, its request id and a readable page. Next would
 * answer a page's exception with 500 and a body that needs JavaScript. Call once, at the start.
 */
export function answerFaults(): void {
  // Next does not expose its server; Node publishes each request with its response, before any code writes to it.
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null) return;
    if (!("request" in message) || !("response" in message)) return;
    const { request, response } = message;
    if (request instanceof IncomingMessage && response instanceof ServerResponse) watch(request, response);
  });
}

function watch(request: IncomingMessage, response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response);
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  let replaced = false;

  /** True if this response is, or has just become, the fault page. */
  const isReplaced = (status: number): boolean => {
    if (replaced || response.headersSent || status < 500) return replaced;
    const requestId = String(response.getHeader("x-request-id") ?? "");
    const fault = takeFault(requestId);
    if (!fault) return false;
    replaced = true;
    const isChange = !readingMethods.has(request.method ?? "");
    const page = Buffer.from(faultPage({ fault, requestId, isChange, nonce: nonceOf(response) }));
    for (const name of response.getHeaderNames()) if (bodyHeaders.test(name)) response.removeHeader(name);
    writeHead(503, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Length": page.length,
      "Cache-Control": "no-store",
      "Retry-After": retryAfterSeconds,
    });
    end(page);
    return true;
  };

  // Each has several signatures: all arguments are passed on unchanged.
  response.writeHead = ((...given: Parameters<typeof writeHead>) =>
    isReplaced(given[0]) ? response : writeHead(...given)) as typeof response.writeHead;
  response.write = ((...given: Parameters<typeof write>) =>
    isReplaced(response.statusCode) ? told(given, true) : write(...given)) as typeof response.write;
  response.end = ((...given: Parameters<typeof end>) =>
    isReplaced(response.statusCode) ? told(given, response) : end(...given)) as typeof response.end;
}

// Callers may wait for the callback after writing.
function told<Answer>(given: readonly unknown[], answer: Answer): Answer {
  const callback = given.at(-1);
  if (typeof callback === "function") process.nextTick(() => callback());
  return answer;
}

function nonceOf(response: ServerResponse): string {
  const policy = String(response.getHeader("content-security-policy") ?? "");
  return /'nonce-([\w+/=-]+)'/.exec(policy)?.[1] ?? "";
}
