import type { ServerResponse } from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Answer } from "./answer";

/** Sends a response in a special way, or not at all. */
export type Delivery = (response: ServerResponse, answer: Answer) => void;

/** Limits at which a fault ends by itself, so that its user has nothing to clean up. */
export interface Bounds {
  ms: number;
  bytes: number;
}

const ordinaryBounds: Bounds = { ms: 60_000, bytes: 50 * 1024 * 1024 };

/** Sends the response like an honest server. */
export const sendWhole: Delivery = (response, { status, headers, body }) => {
  response.writeHead(status, headers);
  response.end(body);
};

/** Compresses every body, whatever the client accepts. */
export function sendCompressed(encoding: "gzip" | "br" | "deflate"): Delivery {
  const compress = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync }[encoding];
  return (response, { status, headers, body }) => {
    response.writeHead(status, { ...headers, "Content-Encoding": encoding });
    response.end(compress(body));
  };
}

/** Adds headers of this many bytes, like a proxy that splits its cookie into many. */
export function sendWithHeaders(bytes: number): Delivery {
  const each = 1_000;
  const cookies = Array.from(
    { length: bytes / each },
    (_, at) => `part-${at}=${"c".repeat(each - 30)}; Path=/`,
  );
  return (response, { status, headers, body }) => {
    response.setHeader("Set-Cookie", cookies);
    response.writeHead(status, headers);
    response.end(body);
  };
}

/** Sends unrequested interim responses before the final one. */
export function sendAfterInterim(...interim: readonly string[]): Delivery {
  return (response, answer) => {
    for (const line of interim) response.socket?.write(`HTTP/1.1 ${line}\r\n\r\n`);
    sendWhole(response, answer);
  };
}

/** Sends nothing and keeps the connection open. */
export function sendNothing({ ms }: Bounds = ordinaryBounds): Delivery {
  return (response) => endAfter(response, ms);
}

/** Sends the headers at once, then the body byte by byte. */
export function sendBodySlowly(everyMs: number, { ms }: Bounds = ordinaryBounds): Delivery {
  return (response, { status, headers, body }) => {
    const bytes = Buffer.from(body);
    response.writeHead(status, { ...headers, "Content-Length": bytes.length });
    response.flushHeaders();
    let sent = 0;
    whileOpen(response, everyMs, () => {
      response.write(bytes.subarray(sent, sent + 1));
      sent += 1;
      if (sent === bytes.length) response.end();
    });
    endAfter(response, ms);
  };
}

/** Sends a header line that grows one byte at a time. */
export function sendHeadersSlowly(everyMs: number, { ms }: Bounds = ordinaryBounds): Delivery {
  return (response, { status }) => {
    response.socket?.write(`HTTP/1.1 ${status} OK\r\nX-Slow: `);
    whileOpen(response, everyMs, () => response.socket?.write("a"));
    endAfter(response, ms);
  };
}

/** Continues to send after the body, as fast as the client reads. */
export function sendWithoutEnd({ ms, bytes }: Bounds = ordinaryBounds): Delivery {
  return (response, { status, headers, body }) => {
    const chunk = Buffer.alloc(16 * 1024, "a");
    let sent = 0;
    const more = () => {
      while (!response.destroyed) {
        // Never closed properly: an endless body has no last chunk.
        if (sent >= bytes) return void response.destroy();
        sent += chunk.length;
        if (!response.write(chunk)) return;
      }
    };
    response.writeHead(status, headers);
    response.write(body);
    response.on("drain", more);
    endAfter(response, ms);
    more();
  };
}

/** Announces a wrong body length, and closes the connection after the body. */
export function sendWithLength(announced: number): Delivery {
  return (response, { status, headers, body }) => {
    response.writeHead(status, { ...headers, "Content-Length": announced, Connection: "close" });
    response.end(body);
  };
}

/** Resets the connection instead of responding. */
export const reset: Delivery = (response) => {
  response.socket?.resetAndDestroy();
};

/** Announces twice the body's length, sends the body once, and resets the connection. */
export const resetMidway: Delivery = (response, { status, headers, body }) => {
  response.writeHead(status, { ...headers, "Content-Length": 2 * Buffer.byteLength(body) });
  response.write(body);
  // A reset discards unsent bytes, so the first ones get a moment to arrive.
  const timer = setTimeout(() => response.socket?.resetAndDestroy(), 50);
  response.once("close", () => clearTimeout(timer));
};

/** Ends this side of the connection without a response, and waits for the client to end the other. */
export function halfClose({ ms }: Bounds = ordinaryBounds): Delivery {
  return (response) => {
    response.socket?.end();
    endAfter(response, ms);
  };
}

function endAfter(response: ServerResponse, ms: number): void {
  const timer = setTimeout(() => response.destroy(), ms);
  response.once("close", () => clearTimeout(timer));
}

function whileOpen(response: ServerResponse, everyMs: number, act: () => void): void {
  const timer = setInterval(act, everyMs);
  response.once("close", () => clearInterval(timer));
}
