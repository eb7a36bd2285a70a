import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { serveHttp, serveTcp, serveText, type TestServer } from "@/lib/testing/servers";
import { callOut } from "./call-out";
import { openConversation } from "./conversation";
import type { EgressLimits } from "./limits";
import type { EgressPolicy } from "./policy";

const policy: EgressPolicy = { mode: "open", allow: [], loopback: true };
const limits = {
  lookupMs: 200,
  connectMs: 1_000,
  headersMs: 1_000,
  totalMs: 2_000,
  bodyBytes: 64 * 1024,
  queueMs: 1_000,
} satisfies Partial<EgressLimits>;
const canary = "Bearer canary-6d1f";

const servers: TestServer[] = [];
const started = async (server: Promise<TestServer>) => {
  servers.push(await server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

// For servers whose answer never ends: what they are cut off by.
const tight = { ...limits, headersMs: 300, totalMs: 600 };
const call = (port: number, within: Partial<EgressLimits> = limits) =>
  callOut(
    policy,
    { url: `http://127.0.0.1:${port}/`, headers: { authorization: canary } },
    { limits: within },
  );
const kindOf = (result: Awaited<ReturnType<typeof callOut>>) => (result.ok ? "ok" : result.failure.kind);
const wholeAnswer = (headers: string, body = "{}") => `HTTP/1.1 200 OK\r\n${headers}\r\n\r\n${body}`;

describe("a hostile or broken server", () => {
  test.each([300, 301, 302, 303, 304, 305, 306, 307, 308])(
    "21 a %i to elsewhere is not followed and shows the credential to nobody else",
    async (status) => {
      const seen: string[] = [];
      const elsewhere = await started(
        serveHttp((request, response) => {
          seen.push(String(request.headers.authorization));
          response.end("{}");
        }),
      );
      const server = await started(
        serveHttp((_request, response) => {
          response.writeHead(status, { location: `http://127.0.0.1:${elsewhere.port}/` }).end();
        }),
      );
      expect(await call(server.port)).toMatchObject({ ok: true, status });
      expect([elsewhere.connections(), seen]).toEqual([0, []]);
    },
  );

  test("21 a page that sends browsers elsewhere, by its markup or by a Refresh header, is read and nothing more", async () => {
    const elsewhere = await started(serveHttp((_request, response) => void response.end("{}")));
    const there = `http://127.0.0.1:${elsewhere.port}/`;
    const server = await started(
      serveHttp((_request, response) => {
        response.setHeader("refresh", `0; url=${there}`).setHeader("link", `<${there}>; rel=preload`);
        response.end(`<meta http-equiv="refresh" content="0; url=${there}">`);
      }),
    );
    expect(await call(server.port)).toMatchObject({ ok: true, status: 200 });
    expect(elsewhere.connections()).toBe(0);
  });

  test("25 one byte at a time ends at the limit for the whole call", async () => {
    const server = await started(
      serveTcp((socket) => {
        const drip = setInterval(() => socket.write("a"), 40);
        socket.once("close", () => clearInterval(drip));
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n");
      }),
    );
    const began = performance.now();
    expect(kindOf(await call(server.port, tight))).toBe("timeout");
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test("25 headers one byte at a time end at the header limit", async () => {
    const server = await started(
      serveTcp((socket) => {
        socket.write("HTTP/1.1 200 OK\r\nx-slow: ");
        const drip = setInterval(() => socket.write("a"), 40);
        socket.once("close", () => clearInterval(drip));
      }),
    );
    const began = performance.now();
    expect(kindOf(await call(server.port, tight))).toBe("timeout");
    expect(performance.now() - began).toBeLessThan(500);
  });

  test("an endless body is cut at the limit and the connection closed", async () => {
    let sent = 0;
    const server = await started(
      serveTcp((socket) => {
        socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        const chunk = Buffer.alloc(16 * 1024, 97);
        const more = () => {
          while (socket.writable) {
            sent += chunk.length;
            socket.write(`${chunk.length.toString(16)}\r\n`);
            socket.write(chunk);
            if (!socket.write("\r\n")) break;
          }
        };
        socket.on("drain", more);
        more();
      }),
    );
    expect(kindOf(await call(server.port))).toBe("too-large");
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  test("a body that announces more than the limit is not even read", async () => {
    const server = await started(serveText(wholeAnswer("content-length: 99999999"), true));
    expect(kindOf(await call(server.port))).toBe("too-large");
  });

  test.each(["gzip", "br", "deflate, gzip", "x-odd"])(
    "content-encoding %s is refused, never inflated",
    async (encoding) => {
      const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024));
      const server = await started(
        serveHttp((_request, response) => void response.setHeader("content-encoding", encoding).end(bomb)),
      );
      expect(kindOf(await call(server.port))).toBe("bad-encoding");
    },
  );

  test("the header limit is the one that was set", async () => {
    const server = await started(serveText(wholeAnswer(`x-big: ${"a".repeat(3_000)}\r\ncontent-length: 2`)));
    const url = `http://127.0.0.1:${server.port}/`;
    expect(kindOf(await callOut(policy, { url }, { limits }))).toBe("ok");
    expect(kindOf(await callOut(policy, { url }, { limits: { ...limits, headerBytes: 2_000 } }))).toBe(
      "headers-too-large",
    );
  });

  test("26 30 KB of headers, in one or in many, are refused", async () => {
    const one = await started(serveText(wholeAnswer(`x-big: ${"a".repeat(30_000)}\r\ncontent-length: 2`)));
    const flood = Array.from({ length: 1_500 }, (_, index) => `x-${index}: ${"a".repeat(12)}`).join("\r\n");
    const many = await started(serveText(wholeAnswer(`${flood}\r\ncontent-length: 2`)));
    expect(kindOf(await call(one.port))).toBe("headers-too-large");
    expect(kindOf(await call(many.port))).toBe("headers-too-large");
  });

  test.each([
    ["a body shorter than announced", wholeAnswer("content-length: 500")],
    ["a chunked body without its end", wholeAnswer("transfer-encoding: chunked", "5\r\nabc")],
    [
      "a chunk of a length that is no number",
      wholeAnswer("transfer-encoding: chunked", "zz\r\nabc\r\n0\r\n\r\n"),
    ],
    ["two lengths that differ", wholeAnswer("content-length: 2\r\ncontent-length: 3")],
    ["what is not HTTP", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["a header line without a name", wholeAnswer(": odd\r\ncontent-length: 2")],
  ])("%s is malformed", async (_name, text) => {
    const server = await started(serveText(text));
    expect(kindOf(await call(server.port))).toBe("malformed");
  });

  test("a body longer than announced is read up to the announced length", async () => {
    const server = await started(
      serveText(wholeAnswer("content-length: 2\r\nconnection: close", "{}GARBAGE")),
    );
    const result = await call(server.port);
    expect(result.ok ? result.body.toString() : "{}").toBe("{}");
  });

  test("a connection cut in the middle of the body is malformed", async () => {
    const server = await started(
      serveTcp((socket) =>
        socket.once("data", () => {
          socket.write("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\nabc");
          setTimeout(() => socket.resetAndDestroy(), 30);
        }),
      ),
    );
    expect(kindOf(await call(server.port))).toBe("malformed");
  });

  test("an idle connection that breaks does not end the process, and the next request dials again", async () => {
    let current: import("node:net").Socket | undefined;
    const server = await started(
      serveTcp((socket) => {
        current = socket;
        socket.on("data", () => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"));
      }),
    );
    const opened = await openConversation(policy, `http://127.0.0.1:${server.port}`, { limits });
    if (!opened.ok) throw new Error(opened.failure.detail);
    const broken = current && once(current, "close");
    current?.resetAndDestroy();
    await broken;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(kindOf(await opened.conversation.request({ path: "/" }))).toBe("ok");
    await opened.conversation.close();
  });

  test("no failure repeats a header value, neither ours nor theirs", async () => {
    const server = await started(
      serveText("HTTP/1.1 200 OK\r\nx-echo: Bearer canary-6d1f\r\nbad header\r\n\r\n"),
    );
    expect(JSON.stringify(await call(server.port))).not.toContain("canary");
  });
});
