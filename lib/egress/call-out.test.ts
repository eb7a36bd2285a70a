import { setMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { serveHttp, serveTcp, type TestServer } from "@/lib/testing/servers";
import { callOut } from "./call-out";
import { openConversation } from "./conversation";
import type { EgressLimits } from "./limits";
import type { EgressPolicy } from "./policy";
import { resolveTarget } from "./resolve-target";
import { startTimeLimit } from "./time-limit";

const policy: EgressPolicy = { mode: "open", allow: [], loopback: true };
const limits: Partial<EgressLimits> = {
  lookupMs: 200,
  connectMs: 1_000,
  headersMs: 1_000,
  totalMs: 2_000,
  bodyBytes: 64 * 1024,
  queueMs: 1_000,
};
const canary = "Bearer canary-6d1f";

const servers: TestServer[] = [];
const started = async (server: Promise<TestServer>) => {
  servers.push(await server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const call = (port: number, more: { path?: string; signal?: AbortSignal } = {}) =>
  callOut(
    policy,
    { url: `http://127.0.0.1:${port}${more.path ?? "/"}`, headers: { authorization: canary } },
    { limits, ...(more.signal ? { signal: more.signal } : {}) },
  );
const kindOf = (result: Awaited<ReturnType<typeof callOut>>) => (result.ok ? "ok" : result.failure.kind);

describe("an honest server", () => {
  test("gets path, query and the caller's headers, and is read whole", async () => {
    let seen: IncomingMessage | undefined;
    const server = await started(
      serveHttp((request, response) => {
        seen = request;
        response.setHeader("X-Two", ["a", "b"]).setHeader("set-cookie", "session=1").end("answer");
      }),
    );
    const result = await call(server.port, { path: "/stash/rest?limit=1" });
    expect(result).toMatchObject({ ok: true, status: 200 });
    if (!result.ok) return;
    expect(result.body.toString()).toBe("answer");
    expect(result.headers.get("x-two")).toBe("a, b");
    expect(result.headers.has("set-cookie")).toBe(false);
    expect(seen?.url).toBe("/stash/rest?limit=1");
    expect(seen?.headers).toMatchObject({
      authorization: canary,
      "accept-encoding": "identity",
      "user-agent": expect.stringMatching(/^Latchkey\//),
    });
  });

  test("keeps one connection for a whole conversation, and no cookie", async () => {
    const cookies: unknown[] = [];
    const server = await started(
      serveHttp((request, response) => {
        cookies.push(request.headers.cookie);
        response.setHeader("set-cookie", "session=1; Path=/").end("{}");
      }),
    );
    const opened = await openConversation(policy, `http://127.0.0.1:${server.port}`, { limits });
    if (!opened.ok) throw new Error(opened.failure.detail);
    for (const path of ["/1", "/2", "/3"]) {
      expect(await opened.conversation.request({ path })).toMatchObject({ ok: true, status: 200 });
    }
    await opened.conversation.close();
    await opened.conversation.close();
    expect(server.connections()).toBe(1);
    expect(cookies).toEqual([undefined, undefined, undefined]);
  });

  test("that closes after each answer is dialled again at the same address, without a new lookup", async () => {
    let lookups = 0;
    const server = await started(
      serveHttp((_request, response) => void response.setHeader("connection", "close").end("{}")),
    );
    const resolve = async () => {
      lookups += 1;
      return [lookups === 1 ? "127.0.0.1" : "169.254.169.254"];
    };
    const opened = await openConversation(policy, `http://bitbucket.test:${server.port}`, {
      limits,
      resolve,
    });
    if (!opened.ok) throw new Error(opened.failure.detail);
    for (const path of ["/1", "/2"]) {
      expect(await opened.conversation.request({ path })).toMatchObject({ ok: true, status: 200 });
    }
    await opened.conversation.close();
    expect([server.connections(), lookups]).toEqual([2, 1]);
  });

  test("sees at most two callers at a time, the others wait their turn", async () => {
    let now = 0;
    let most = 0;
    const server = await started(
      serveHttp((_request, response) => {
        now += 1;
        most = Math.max(most, now);
        setTimeout(() => {
          now -= 1;
          response.end("{}");
        }, 30);
      }),
    );
    const results = await Promise.all(Array.from({ length: 8 }, () => call(server.port)));
    expect(results.map(kindOf)).toEqual(Array(8).fill("ok"));
    expect(most).toBe(2);
  });

  test("with too many callers waiting turns the next one away instead of queueing without end", async () => {
    const server = await started(serveTcp(() => undefined));
    const stop = new AbortController();
    setMaxListeners(100, stop.signal);
    const waiting = Array.from({ length: 60 }, () => call(server.port, { signal: stop.signal }));
    expect(kindOf(await call(server.port))).toBe("busy");
    stop.abort();
    const kinds = (await Promise.all(waiting)).map(kindOf);
    expect(new Set(kinds)).toEqual(new Set(["cancelled", "busy"]));
  });
});

describe("names", () => {
  const resolving = (answer: () => Promise<string[]>, port: number, on: EgressPolicy = policy) =>
    callOut(on, { url: `http://bitbucket.test:${port}/` }, { limits, resolve: answer });

  test("16 rebinding names are resolved once: the connection uses the judged addresses", async () => {
    const server = await started(serveHttp((_request, response) => void response.end("{}")));
    let requested = 0;
    const result = await resolving(async () => {
      requested += 1;
      return [requested === 1 ? "127.0.0.1" : "169.254.169.254"];
    }, server.port);
    expect(kindOf(result)).toBe("ok");
    expect(requested).toBe(1);
  });

  test.each([
    ["169.254.169.254"],
    ["127.0.0.1", "169.254.169.254"],
    ["127.0.0.1", "::ffff:169.254.169.254"],
    ["127.0.0.1", "0.0.0.0"],
    ["127.0.0.1", "not an address"],
  ])("17 names with a bad answer (%s, %s) are refused whole, before any connection", async (...answers) => {
    const server = await started(serveHttp((_request, response) => void response.end("{}")));
    const result = await resolving(async () => answers.filter(Boolean), server.port);
    expect(kindOf(result)).toBe("forbidden-address");
    expect(server.connections()).toBe(0);
  });

  test("18 private addresses pass while metadata stays refused, alone and beside them", async () => {
    const off: EgressPolicy = { mode: "open", allow: [], loopback: false };
    const limit = startTimeLimit(1_000);
    // As far as the judgement: a connection would lead off this machine.
    const judge = (...answers: string[]) =>
      resolveTarget(off, new URL("https://bitbucket.test:7990/"), async () => answers, limit);
    expect(await judge("10.20.30.40", "192.168.1.5", "fd12::5")).toMatchObject({ ok: true });
    for (const metadata of ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16"]) {
      expect(await judge(metadata)).toMatchObject({ failure: { kind: "forbidden-address" } });
      expect(await judge("10.20.30.40", metadata)).toMatchObject({ failure: { kind: "forbidden-address" } });
    }
    limit.clear();
  });

  test("private answers pass while loopback among them does not, with the switch off", async () => {
    const off: EgressPolicy = { mode: "open", allow: [], loopback: false };
    const ask = (answers: string[]) =>
      callOut(
        off,
        { url: "https://bitbucket.test:7990/" },
        { limits: { ...limits, connectMs: 20 }, resolve: async () => answers },
      );
    expect(kindOf(await ask(["10.0.0.1", "127.0.0.1"]))).toBe("forbidden-address");
  });

  test.each([
    ["ENOTFOUND", "name-unknown"],
    ["ENODATA", "name-unknown"],
    ["EAI_AGAIN", "dns-error"],
    ["SERVFAIL", "dns-error"],
  ])("20 names that fail with %s are denied as %s", async (code, kind) => {
    const fail = () => Promise.reject(Object.assign(new Error(code), { code }));
    expect(kindOf(await resolving(fail, 7990))).toBe(kind);
  });

  test("20 names without an address, or without an answer in time, are denied", async () => {
    expect(kindOf(await resolving(async () => [], 7990))).toBe("name-unknown");
    expect(kindOf(await resolving(() => new Promise(() => undefined), 7990))).toBe("dns-error");
  });

  test("of the portal's own database are refused, also under another name", async () => {
    const on: EgressPolicy = { ...policy, forbiddenEndpoints: [{ host: "db.internal", port: 7991 }] };
    const result = await resolving(async () => ["127.0.0.1"], 7991, on);
    expect(kindOf(result)).toBe("forbidden-address");
  });
});

describe("a server that does not answer", () => {
  test("refused and silent ports read alike; only the log's detail differs", async () => {
    const closed = await serveTcp(() => undefined);
    await closed.close();
    const result = await call(closed.port);
    expect(result).toMatchObject({
      failure: { kind: "unreachable", phase: "connection", detail: "connection ECONNREFUSED" },
    });
  });

  test("silence after the request ends at the header limit", async () => {
    const server = await started(serveTcp(() => undefined));
    expect(kindOf(await call(server.port))).toBe("timeout");
  });

  test("a reset or an early end without a byte reads unreachable", async () => {
    const reset = await started(serveTcp((socket) => socket.once("data", () => socket.resetAndDestroy())));
    const ended = await started(serveTcp((socket) => socket.once("data", () => socket.end())));
    expect(kindOf(await call(reset.port))).toBe("unreachable");
    expect(kindOf(await call(ended.port))).toBe("unreachable");
  });

  test("the caller's signal ends a call at once, before and during it", async () => {
    const stop = new AbortController();
    const server = await started(serveTcp((socket) => socket.once("data", () => stop.abort())));
    expect(kindOf(await call(server.port, { signal: AbortSignal.abort() }))).toBe("cancelled");
    expect(stop.signal.aborted).toBe(false);
    expect(kindOf(await call(server.port, { signal: stop.signal }))).toBe("cancelled");
  });
});

test("a request that cannot be written is a failure, not an exception", async () => {
  const server = await started(serveHttp((_request, response) => void response.end("{}")));
  const result = await callOut(
    policy,
    { url: `http://127.0.0.1:${server.port}/`, headers: { authorization: "a\r\nx-evil: canary" } },
    { limits },
  );
  expect(kindOf(result)).toBe("malformed");
  expect(JSON.stringify(result)).not.toContain("canary");
  expect(kindOf(await callOut(policy, { url: "no address" }))).toBe("scheme");
});

describe("a request that may not be sent any more once it has a connection", () => {
  test.each([
    ["the first one", 0],
    ["the next one on a kept connection", 1],
  ])("%s does not reach the server", async (_, good) => {
    const reached: string[] = [];
    const server = await started(
      serveHttp((request, response) => {
        reached.push(request.url ?? "");
        response.end("{}");
      }),
    );
    let left = good;
    const maySend = () => {
      left -= 1;
      return left >= 0;
    };
    const opened = await openConversation(policy, `http://127.0.0.1:${server.port}`, { limits, maySend });
    if (!opened.ok) throw new Error(opened.failure.detail);
    for (let sent = 0; sent < good; sent += 1)
      expect(await opened.conversation.request({ path: "/good" })).toMatchObject({ ok: true });
    expect(await opened.conversation.request({ path: "/late" })).toMatchObject({
      failure: { kind: "cancelled", phase: "exchange" },
      isUnsent: true,
    });
    await opened.conversation.close();
    expect(reached).toEqual(Array.from({ length: good }, () => "/good"));
  });
});
