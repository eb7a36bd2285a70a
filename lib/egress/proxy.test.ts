import { afterEach, describe, expect, test } from "vitest";
import { makeCertificate } from "@/lib/testing/certificates";
import { serveProxy, type TestProxy } from "@/lib/testing/proxy";
import { serveHttp, serveHttps, serveTcp, type TestServer } from "@/lib/testing/servers";
import { parseAllowRules } from "./allow-rules";
import { callOut } from "./call-out";
import { openConversation } from "./conversation";
import { lookAtCertificate } from "./look-at-certificate";
import type { EgressPolicy } from "./policy";
import { type EgressProxy, parseNoProxy } from "./proxy";

const authority = await makeCertificate({ name: "Test authority", isAuthority: true });
const own = await makeCertificate({ name: "bitbucket.test", hosts: ["bitbucket.test"], issuer: authority });
const ofProxy = await makeCertificate({ name: "proxy", hosts: ["127.0.0.1"], issuer: authority });
const password = "canary-password-51c7";
const canary = "Bearer canary-6d1f";

const servers: (TestServer | TestProxy)[] = [];
const started = async <T extends TestServer | TestProxy>(server: Promise<T>): Promise<T> => {
  servers.push(await server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function policyOf(proxyPort: number, more: Partial<EgressProxy> = {}): EgressPolicy {
  return {
    mode: "open",
    allow: [],
    loopback: false,
    caCertificates: [authority.cert],
    proxy: {
      isSecure: false,
      host: "127.0.0.1",
      port: proxyPort,
      authorization: null,
      direct: [],
      caCertificates: [authority.cert],
      ...more,
    },
  };
}
const neverResolve = () => Promise.reject(new Error("the portal looked a name up"));
const options = { limits: { connectMs: 400, headersMs: 600, totalMs: 1_500 }, resolve: neverResolve };
const call = (policy: EgressPolicy, url: string) =>
  callOut(policy, { url, headers: { authorization: canary } }, options);
const kindOf = (result: Awaited<ReturnType<typeof callOut>>) => (result.ok ? "ok" : result.failure.kind);

async function startBitbucket() {
  const seen: (string | undefined)[] = [];
  const server = await started(
    serveHttps({ cert: own.cert, key: own.key }, (request, response) => {
      seen.push(request.headers["proxy-authorization"]);
      response.end("{}");
    }),
  );
  return { origin: `https://bitbucket.test:${server.port}`, port: server.port, seen, server };
}

describe("a proxy on the way out", () => {
  test("leads to the server, whose name it looks up itself, and whose certificate is verified through it", async () => {
    const [proxy, { origin, port, seen }] = [await started(serveProxy()), await startBitbucket()];
    const phases: string[] = [];
    const opened = await openConversation(policyOf(proxy.port), origin, {
      ...options,
      onPhase: ({ phase }) => phases.push(phase),
    });
    if (!opened.ok) throw new Error(opened.failure.detail);
    for (const path of ["/1", "/2"]) {
      expect(await opened.conversation.request({ path })).toMatchObject({ ok: true, status: 200 });
    }
    expect(opened.conversation.certificate?.issuer).toBe("Test authority");
    await opened.conversation.close();
    expect(proxy.requested).toEqual([{ destination: `bitbucket.test:${port}`, signIn: undefined }]);
    expect(phases).toEqual(["address", "connection", "certificate"]);
    expect(seen).toEqual([undefined, undefined]);
  });

  test("does not make a bad certificate good, and an administrator can look at it through the proxy", async () => {
    const [proxy, { origin, seen }] = [await started(serveProxy()), await startBitbucket()];
    const distrusting = { ...policyOf(proxy.port), caCertificates: [] };
    expect(await call(distrusting, `${origin}/`)).toMatchObject({
      failure: { certificateReason: "incomplete-chain" },
    });
    const elsewhere = origin.replace("bitbucket.test", "other.test");
    expect(await call(policyOf(proxy.port), `${elsewhere}/`)).toMatchObject({
      failure: { certificateReason: "wrong-host" },
    });
    expect(await lookAtCertificate(distrusting, origin, options)).toMatchObject({
      ok: true,
      chain: [{ subject: "CN=bitbucket.test" }],
    });
    expect(seen).toEqual([]);
  });

  test("gets its sign-in, and the server does not; no message repeats it", async () => {
    const { origin, seen } = await startBitbucket();
    const proxy = await started(serveProxy({ signIn: `jane:${password}` }));
    const authorization = () => `Basic ${btoa(`jane:${password}`)}`;
    const policy = policyOf(proxy.port, { authorization });
    expect(kindOf(await call(policy, `${origin}/`))).toBe("ok");
    expect(seen).toEqual([undefined]);
    expect(JSON.stringify(policy)).not.toContain(password);
    const wrong = await call(policyOf(proxy.port, { authorization: () => "Basic d3Jvbmc=" }), `${origin}/`);
    expect(wrong).toMatchObject({ failure: { kind: "proxy-sign-in", detail: "proxy 407" } });
    // The credential goes through the tunnel alone.
    expect(JSON.stringify(proxy.requested)).not.toContain("canary-6d1f");
  });

  test("can be spoken to over TLS, and is verified itself", async () => {
    const { origin } = await startBitbucket();
    const proxy = await started(serveProxy({ tls: { cert: ofProxy.cert, key: ofProxy.key } }));
    expect(kindOf(await call(policyOf(proxy.port, { isSecure: true }), `${origin}/`))).toBe("ok");
    const distrusted = policyOf(proxy.port, { isSecure: true, caCertificates: [] });
    expect(kindOf(await call(distrusted, `${origin}/`))).toBe("proxy-unreachable");
    expect(proxy.requested).toHaveLength(1);
  });

  test("leads to plain http where an operator lists the server by name, and only there", async () => {
    const server = await started(serveHttp((_request, response) => void response.end("{}")));
    const proxy = await started(serveProxy());
    const rules = parseAllowRules("bitbucket.test, 10.0.0.0/8");
    const policy = { ...policyOf(proxy.port), plainHttp: rules.ok ? rules.rules : [] };
    expect(kindOf(await call(policy, `http://bitbucket.test:${server.port}/`))).toBe("ok");
    expect(kindOf(await call(policy, `http://other.test:${server.port}/`))).toBe("scheme");
    expect(proxy.requested).toHaveLength(1);
  });
});

describe("each way in which a proxy fails has its own reason", () => {
  test.each([
    [400, "proxy-refuses"],
    [403, "proxy-refuses"],
    [405, "proxy-refuses"],
    [407, "proxy-sign-in"],
    [404, "proxy-no-way"],
    [500, "proxy-no-way"],
    [502, "proxy-no-way"],
    [503, "proxy-no-way"],
    [504, "proxy-no-way"],
    [302, "proxy-unreadable"],
  ])("%i is %s", async (status, kind) => {
    const proxy = await started(serveProxy({ answer: status }));
    const result = await call(policyOf(proxy.port), "https://bitbucket.test/");
    expect(result).toMatchObject({ failure: { kind, phase: "connection", detail: `proxy ${status}` } });
  });

  test("nothing at all, no HTTP, and words before it was asked", async () => {
    const silent = await started(serveProxy({ answer: "silence" }));
    expect(kindOf(await call(policyOf(silent.port), "https://bitbucket.test/"))).toBe("proxy-silent");
    const odd = await started(serveProxy({ answer: { raw: "SSH-2.0-OpenSSH_9.6\r\n" } }));
    expect(kindOf(await call(policyOf(odd.port), "https://bitbucket.test/"))).toBe("proxy-unreadable");
    const { origin } = await startBitbucket();
    const hasty = await started(serveProxy({ ahead: "hello" }));
    expect(kindOf(await call(policyOf(hasty.port), `${origin}/`))).toBe("proxy-unreadable");
    const rude = await started(serveTcp((socket) => void socket.once("data", () => socket.destroy())));
    expect(kindOf(await call(policyOf(rude.port), "https://bitbucket.test/"))).toBe("proxy-unreadable");
  });

  test("a closed port, and one that does not speak TLS where it should", async () => {
    const closed = await serveTcp(() => undefined);
    await closed.close();
    expect(kindOf(await call(policyOf(closed.port), "https://bitbucket.test/"))).toBe("proxy-unreachable");
    const plain = await started(serveProxy());
    const policy = policyOf(plain.port, { isSecure: true });
    expect(kindOf(await call(policy, "https://bitbucket.test/"))).toBe("proxy-unreachable");
  });

  test("a server that the proxy cannot reach is reported as late as a silent one", async () => {
    const proxy = await started(serveProxy());
    const closed = await serveTcp(() => undefined);
    await closed.close();
    const began = performance.now();
    expect(kindOf(await call(policyOf(proxy.port), `https://bitbucket.test:${closed.port}/`))).toBe(
      "proxy-no-way",
    );
    expect(performance.now() - began).toBeGreaterThanOrEqual(390);
  });

  test("the caller's signal ends it", async () => {
    const proxy = await started(serveProxy({ answer: "silence" }));
    const result = await callOut(
      policyOf(proxy.port),
      { url: "https://bitbucket.test/" },
      { ...options, signal: AbortSignal.timeout(50) },
    );
    expect(kindOf(result)).toBe("cancelled");
  });
});

describe("the policy holds through a proxy", () => {
  test.each([
    ["https://169.254.169.254/", "forbidden-address"],
    ["https://[::ffff:169.254.169.254]/", "forbidden-address"],
    ["https://0.0.0.0/", "forbidden-address"],
    ["https://198.18.0.1/", "forbidden-address"],
    ["https://127.0.0.1:8443/", "forbidden-address"],
    ["https://metadata.google.internal/", "forbidden-address"],
    ["https://instance-data.ec2.internal./", "forbidden-address"],
    ["https://bitbucket.test:22/", "forbidden-port"],
    ["http://bitbucket.test/", "scheme"],
    ["https://user:pass@bitbucket.test/", "scheme"],
  ])("%s is refused as %s, and the proxy is not asked", async (url, kind) => {
    const proxy = await started(serveProxy());
    expect(kindOf(await call(policyOf(proxy.port), url))).toBe(kind);
    expect(proxy.requested).toEqual([]);
  });

  test("localhost is this machine and no proxy's: with the switch off it is refused, not asked for", async () => {
    const proxy = await started(serveProxy());
    const resolve = async () => ["127.0.0.1"];
    const result = await callOut(
      policyOf(proxy.port),
      { url: "https://localhost:8443/" },
      { ...options, resolve },
    );
    expect(result).toMatchObject({ failure: { kind: "forbidden-address", addressCause: "loopback" } });
    expect(proxy.requested).toEqual([]);
  });

  test("an allow list has to name a host that only the proxy looks up; a range lets typed addresses pass", async () => {
    const { origin, port } = await startBitbucket();
    const proxy = await started(serveProxy());
    const listed = (text: string): EgressPolicy => {
      const read = parseAllowRules(text);
      return { ...policyOf(proxy.port), mode: "allowlist", allow: read.ok ? read.rules : [] };
    };
    expect(kindOf(await call(listed("10.0.0.0/8"), `${origin}/`))).toBe("not-allow-listed");
    expect(kindOf(await call(listed("*.test, 10.0.0.0/8"), `${origin}/`))).toBe("ok");
    await call(listed("10.0.0.0/8"), `https://10.1.2.3:${port}/`);
    expect(proxy.requested.map(({ destination }) => destination)).toEqual([
      `bitbucket.test:${port}`,
      `10.1.2.3:${port}`,
    ]);
  });

  test("what needs no proxy is looked up and judged here as ever", async () => {
    const { origin, server } = await startBitbucket();
    const proxy = await started(serveProxy());
    const policy = policyOf(proxy.port, { direct: parseNoProxy(".test").direct });
    const at = (address: string) =>
      callOut(
        { ...policy, loopback: true },
        { url: `${origin}/` },
        { ...options, resolve: async () => [address] },
      );
    expect(kindOf(await at("127.0.0.1"))).toBe("ok");
    expect(kindOf(await at("169.254.169.254"))).toBe("forbidden-address");
    expect([proxy.requested, server.connections()]).toEqual([[], 1]);
  });
});
