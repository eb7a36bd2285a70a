import { afterEach, describe, expect, test } from "vitest";
import { serveTcp, serveText, type TestServer } from "@/lib/testing/servers";
import { callOut } from "./call-out";
import { openConversation } from "./conversation";
import type { EgressPolicy } from "./policy";

const policy: EgressPolicy = { mode: "open", allow: [], loopback: true };
const limits = { headersMs: 1_000, totalMs: 2_000 };

const servers: TestServer[] = [];
const started = async (server: Promise<TestServer>) => {
  servers.push(await server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const final = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
const call = (port: number) => callOut(policy, { url: `http://127.0.0.1:${port}/` }, { limits });

describe("an unrequested interim answer (RFC 9110, 15.2)", () => {
  test.each([
    ["100 Continue", "HTTP/1.1 100 Continue\r\n\r\n"],
    ["100 with headers", "HTTP/1.1 100 Continue\r\nserver: front\r\ncontent-length: 0\r\n\r\n"],
    ["102 Processing", "HTTP/1.1 102 Processing\r\n\r\n"],
    ["103 Early Hints", "HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\n\r\n"],
    ["a number that nobody knows", "HTTP/1.1 199 Odd\r\n\r\n"],
    ["several of them", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 \r\n\r\n"],
  ])("%s is passed over, and its headers are not the answer's", async (_name, interim) => {
    const server = await started(serveText(`${interim}${final}`));
    const result = await call(server.port);
    expect(result).toMatchObject({ ok: true, status: 200, body: Buffer.from("{}") });
    if (result.ok) expect([...result.headers.keys()]).toEqual(["content-length"]);
  });

  test("is skipped byte by byte, and the connection stays in use", async () => {
    const server = await started(
      serveTcp((socket) =>
        socket.on("data", async () => {
          for (const byte of `HTTP/1.1 100 Continue\r\n\r\n${final}`) {
            socket.write(byte);
            await new Promise((resolve) => setImmediate(resolve));
          }
        }),
      ),
    );
    const opened = await openConversation(policy, `http://127.0.0.1:${server.port}`, { limits });
    if (!opened.ok) throw new Error(opened.failure.detail);
    for (const path of ["/1", "/2"]) {
      expect(await opened.conversation.request({ path })).toMatchObject({ ok: true, status: 200 });
    }
    await opened.conversation.close();
    expect(server.connections()).toBe(1);
  });

  test("is no answer by itself: alone, or without end, it ends at the header limit", async () => {
    const alone = await started(serveText("HTTP/1.1 100 Continue\r\n\r\n", true));
    const endless = await started(
      serveTcp((socket) =>
        socket.once("data", () => {
          const more = setInterval(() => socket.write("HTTP/1.1 103 Early Hints\r\n\r\n"), 20);
          socket.once("close", () => clearInterval(more));
        }),
      ),
    );
    expect(await call(alone.port)).toMatchObject({ failure: { kind: "timeout" } });
    expect(await call(endless.port)).toMatchObject({ failure: { kind: "timeout" } });
  });

  test("that changes the protocol (101) is malformed", async () => {
    const server = await started(
      serveText("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: odd\r\n\r\n", true),
    );
    expect(await call(server.port)).toMatchObject({ failure: { kind: "malformed" } });
  });

  test("before an answer of HTTP/1.0 is passed over too", async () => {
    const server = await started(serveText("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 404 Not Found\r\n\r\nno"));
    expect(await call(server.port)).toMatchObject({ ok: true, status: 404, body: Buffer.from("no") });
  });
});
