import "server-only";
import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage, Server, ServerResponse, STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import { iconsPath } from "@/lib/paths";
import { isUpload, refuseLongBody } from "./long-body";
import { requestIdHeader } from "./request-headers";
import { headersOfEveryAnswer, noStore } from "./security-headers";

/**
 * Adds the security headers to responses that bypass `proxy.ts`: static files, Next's own redirects, faults, and
 * refusals of Node's HTTP parser. `proxy.ts` replaces them on pages. Call once, at the start, before any slow step.
 */
export function watchEveryAnswer({ https }: { https: boolean }): void {
  const headers = headersOfEveryAnswer({ https });
  const underWay = new WeakMap<Socket, ServerResponse>();

  // Next does not expose its server. Node publishes each request before any listener sees it.
  subscribe("http.server.request.start", (message) => {
    // A channel's messages have no type; each used property is checked.
    const { request, response } = message as { request?: unknown; response?: unknown };
    if (!(request instanceof IncomingMessage && response instanceof ServerResponse)) return;
    underWay.set(request.socket, response);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (!isKeptByBrowsers(request.url ?? "")) response.setHeader("Cache-Control", noStore["Cache-Control"]);
    if (isUpload(request)) giveId(request, response);
    else limitTime(request, () => refuse(tooSlow, request.socket, response, headers));
    refuseLongBody(request, response);
  });

  const known = new WeakSet<Server>();
  subscribe("net.server.socket", (message) => {
    // As above. `server` is undocumented, but the only way to reach a server before its first request.
    const { socket } = message as { socket?: { server?: unknown } };
    if (!(socket?.server instanceof Server) || known.has(socket.server)) return;
    known.add(socket.server);
    socket.server.requestTimeout = uploadLimitMs;
    socket.server.on("clientError", (error: NodeJS.ErrnoException, stream) => {
      if (stream instanceof Socket) refuse(error, stream, underWay.get(stream), headers);
      else stream.destroy();
    });
  });
}

// Files that have a hash in their address and nobody's data. They say themselves how long they may be kept. Another version
// of the icons is asked for while the portal is updated: this one must not be kept under that address.
function isKeptByBrowsers(url: string): boolean {
  return url.startsWith("/_next/static/") || url === iconsPath;
}

/** How long a file may take to arrive. Node.js has one limit for all requests. */
const uploadLimitMs = 30 * 60_000;
/** How long every other request may take to arrive: the limit that Node.js has by default. */
const requestLimitMs = 5 * 60_000;
const tooSlow = Object.assign(new Error("the request took too long to arrive"), {
  code: "ERR_HTTP_REQUEST_TIMEOUT",
});

function limitTime(request: IncomingMessage, refuseNow: () => void): void {
  // Most requests have no body, and are complete in the same turn.
  const timer = setTimeout(() => {
    if (!request.complete) refuseNow();
  }, requestLimitMs).unref();
  request.once("close", () => clearTimeout(timer));
}

/** The id that `proxy.ts` gives all other requests; a client's own value is replaced. */
function giveId(request: IncomingMessage, response: ServerResponse): void {
  const id = randomUUID();
  request.headers[requestIdHeader] = id;
  response.setHeader("X-Request-Id", id);
}

/** Node.js's own response to an unparsable request, with the portal's headers. */
function refuse(
  error: NodeJS.ErrnoException,
  socket: Socket,
  response: ServerResponse | undefined,
  headers: Record<string, string>,
): void {
  // A second response cannot follow within a response.
  const isAnswering = response?.headersSent === true && !response.writableFinished;
  if (error.code === "ECONNRESET" || !socket.writable || isAnswering) {
    socket.destroy();
    return;
  }
  const status = statusOf(error.code);
  const text = `${STATUS_CODES[status]}\n`;
  const lines = {
    ...headers,
    ...noStore,
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": String(text.length),
    Connection: "close",
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join("")}\r\n${text}`, () =>
    socket.destroy(),
  );
}

function statusOf(code: string | undefined): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return 413;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}
