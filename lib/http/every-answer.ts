import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage, Server, ServerResponse, STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import { refuseLongBody } from "./long-body";
import { headersOfEveryAnswer, noStore } from "./security-headers";

/**
 * Gives what never reaches `proxy.ts` its headers too: static files, redirects of Next's own, faults, and what Node's HTTP
 * parser refuses. `proxy.ts` puts a page's own in their place. Call once, at the start, before anything that takes time.
 */
export function watchEveryAnswer({ https }: { https: boolean }): void {
  const headers = headersOfEveryAnswer({ https });
  const underWay = new WeakMap<Socket, ServerResponse>();

  // Next does not hand its server out. Node tells of each request before any listener sees it.
  subscribe("http.server.request.start", (message) => {
    // A channel's messages have no type; what is used of one is checked.
    const { request, response } = message as { request?: unknown; response?: unknown };
    if (!(request instanceof IncomingMessage && response instanceof ServerResponse)) return;
    underWay.set(request.socket, response);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // Next gives these their own, by the hash in their names.
    if (!request.url?.startsWith("/_next/static/"))
      response.setHeader("Cache-Control", noStore["Cache-Control"]);
    refuseLongBody(request, response);
  });

  const known = new WeakSet<Server>();
  subscribe("net.server.socket", (message) => {
    // As above. `server` is not documented, but the only way to a server before its first request.
    const { socket } = message as { socket?: { server?: unknown } };
    if (!(socket?.server instanceof Server) || known.has(socket.server)) return;
    known.add(socket.server);
    socket.server.on("clientError", (error: NodeJS.ErrnoException, stream) => {
      if (stream instanceof Socket) refuse(error, stream, underWay.get(stream), headers);
      else stream.destroy();
    });
  });
}

/** As Node.js itself answers what it cannot parse, with our headers. */
function refuse(
  error: NodeJS.ErrnoException,
  socket: Socket,
  response: ServerResponse | undefined,
  headers: Record<string, string>,
): void {
  // In the middle of an answer there is no place for another one.
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
