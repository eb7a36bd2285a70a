import type { IncomingMessage, ServerResponse } from "node:http";

/** As much as next.config.ts lets an action read, in bytes; a credential's whole form is a few kilobytes. */
export const largestBodyBytes = 64 * 1024;

/** What a form that is too long is answered with, as text. */
export const tooLongText = "This is more than any form of the portal sends.";

// Long enough for the answer to arrive: a connection that is closed while a client still sends takes it along.
const lingerMs = 1_000;

/**
 * Answers 413 as soon as more of a body has come than the portal reads, whatever its headers announced, and passes nothing
 * further on. The rest is dropped for a second, then the connection ends. Call before anything reads the request.
 */
export function refuseLongBody(request: IncomingMessage, response: ServerResponse): void {
  const pass = request.push.bind(request);
  let bytes = 0;
  let isRefused = false;
  // Node's HTTP parser hands a body over by `push`: the one place where it can be counted and is not yet kept.
  request.push = (chunk: Buffer | string | null, encoding?: BufferEncoding): boolean => {
    if (isRefused) return true;
    bytes += chunk?.length ?? 0;
    if (bytes <= largestBodyBytes) return pass(chunk, encoding);
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
  // Whole by its length, but not ended yet: at its end Node closes a connection that is not kept.
  response.write(tooLongText);
}
