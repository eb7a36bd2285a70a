import type { IncomingMessage, ServerResponse } from "node:http";

/** The limit for actions in next.config.ts, in bytes; a credential's whole form is a few kilobytes. */
export const largestBodyBytes = 64 * 1024;

/**
 * The limit for `POST /uploads`, in bytes. A file may have 200 MB; more is read and thrown away, so that a browser gets
 * the reason instead of a broken connection.
 */
export const largestUploadBytes = 1024 * 1024 * 1024;

/** True for the one request that `proxy.ts` does not see: Next would hold all of its body for the proxy. */
export function isUpload(request: Pick<IncomingMessage, "method" | "url">): boolean {
  return request.method === "POST" && /^\/uploads(?:\?|$)/.test(request.url ?? "");
}

/** The plain-text response to a form that is too long. */
export const tooLongText = "This is more than any form of the portal sends.";

// Long enough for the response to arrive: closing a connection while a client still sends would discard it.
const lingerMs = 1_000;

/**
 * Answers 413 as soon as more of a body has arrived than the portal reads, whatever its headers announced, and passes
 * nothing further on. The rest is dropped for a second, then the connection ends. Call before any code reads the
 * request.
 */
export function refuseLongBody(request: IncomingMessage, response: ServerResponse): void {
  const pass = request.push.bind(request);
  const most = isUpload(request) ? largestUploadBytes : largestBodyBytes;
  let bytes = 0;
  let isRefused = false;
  // Node's HTTP parser delivers a body by `push`: the only place where it can be counted before it is stored.
  request.push = (chunk: Buffer | string | null, encoding?: BufferEncoding): boolean => {
    if (isRefused) return true;
    bytes += chunk?.length ?? 0;
    if (bytes <= most) return pass(chunk, encoding);
    isRefused = true;
    answerTooLong(response);
    setTimeout(() => {
      if (!response.writableEnded) response.end();
      request.destroy();
    }, lingerMs).unref();
    return true;
  };
}

function answerTooLong(response: ServerResponse): void {
  if (response.headersSent) return;
  response.writeHead(413, {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": tooLongText.length,
    Connection: "close",
  });
  // Complete by its length, but not ended yet: at its end, Node closes a connection that is not kept alive.
  response.write(tooLongText);
}
