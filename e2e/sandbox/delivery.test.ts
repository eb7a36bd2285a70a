import { createServer } from "node:http";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { json } from "./answer";
import {
  type Delivery,
  halfClose,
  sendBodySlowly,
  sendHeadersSlowly,
  sendNothing,
  sendWithoutEnd,
} from "./delivery";
import { type Listening, listenOnLoopback } from "./listen";
import { startSandbox } from "./start";

const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** Requests a server with this delivery, without closing the connection; returns the number of received bytes. */
async function bytesUntilClosed(deliver: Delivery): Promise<number> {
  const answer = json(200, { filler: "a".repeat(5_000) });
  const listening = await listenOnLoopback(0, () =>
    createServer((_request, response) => deliver(response, answer)),
  );
  open.push(listening);
  return new Promise((resolve) => {
    let size = 0;
    const socket = connect({ port: listening.port, host: "127.0.0.1", allowHalfOpen: true }, () =>
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    );
    socket.on("data", (chunk) => {
      size += chunk.length;
    });
    // Half-open, so that bytes after the server's end are received too.
    socket.on("error", () => undefined);
    socket.once("end", () => setTimeout(() => socket.destroy(), 20));
    socket.once("close", () => resolve(size));
  });
}

const soon = { ms: 120, bytes: 100_000 };

test.each([
  ["silence", sendNothing(soon), 0, 0],
  ["a slow body", sendBodySlowly(10, soon), 50, 1_000],
  ["a slow header", sendHeadersSlowly(10, soon), 20, 1_000],
  ["a half-closed connection", halfClose(soon), 0, 0],
  ["a body without end", sendWithoutEnd({ ms: 60_000, bytes: 100_000 }), 100, 130_000],
])("%s ends by itself", async (_name, deliver, least, most) => {
  const size = await bytesUntilClosed(deliver);
  expect(size).toBeGreaterThanOrEqual(least);
  expect(size).toBeLessThanOrEqual(most);
});

test.each([
  ["silence", sendNothing()],
  ["a slow body", sendBodySlowly(10)],
  ["a slow header", sendHeadersSlowly(10)],
  ["a half-closed connection", halfClose()],
  ["a body without end", sendWithoutEnd()],
])("%s ends when the client closes the connection", async (_name, deliver) => {
  const sent = await new Promise<number>((resolve, reject) => {
    const server = () =>
      createServer((request, response) => {
        response.once("close", () => resolve(request.socket.bytesWritten));
        deliver(response, json(200, { filler: "a".repeat(5_000) }));
      });
    listenOnLoopback(0, server).then((listening) => {
      open.push(listening);
      const socket = connect(listening.port, "127.0.0.1", () =>
        socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
      );
      socket.on("error", () => undefined);
      setTimeout(() => socket.destroy(), 60);
    }, reject);
  });
  // The client reads nothing, so at most the connection's buffers are filled.
  expect(sent).toBeLessThan(20 * 1024 * 1024);
});

test("closing the sandbox ends every running fault at once", async () => {
  const sandbox = await startSandbox();
  const port = Number(new URL(sandbox.origin).port);
  const paths = ["/hang", "/drip", "/drip-headers", "/half-closed", "/endless"];
  const ended = paths.map(
    (path) =>
      new Promise<void>((resolve) => {
        const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () =>
          socket.write(`GET ${path}/rest/api/1.0/projects HTTP/1.1\r\nHost: localhost\r\n\r\n`),
        );
        socket.on("error", () => undefined);
        socket.resume();
        socket.once("end", () => socket.end());
        socket.once("close", () => resolve());
      }),
  );
  const greeting = new Promise<void>((resolve) => {
    const socket = connect(sandbox.sshPort, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.resume();
    socket.once("close", () => resolve());
  });
  while (sandbox.journal().length < paths.length) await new Promise(setImmediate);
  const began = performance.now();
  await sandbox.close();
  await Promise.all([...ended, greeting]);
  expect(performance.now() - began).toBeLessThan(2_000);
});
