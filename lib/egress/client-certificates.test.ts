import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { TlsOptions } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { makeCertificate } from "@/lib/testing/certificates";
import { serveTcp, type TestServer } from "@/lib/testing/servers";
import { callOut } from "./call-out";
import type { EgressPolicy } from "./policy";
import { wantsClientCertificate } from "./wants-client-certificate";

const authority = await makeCertificate({ name: "Test authority", isAuthority: true });
const own = await makeCertificate({ name: "bitbucket.test", hosts: ["bitbucket.test"], issuer: authority });
const policy: EgressPolicy = { mode: "open", allow: [], loopback: true, caCertificates: [authority.cert] };
const options = { limits: { connectMs: 1_000, headersMs: 1_000 }, resolve: async () => ["127.0.0.1"] };

const servers: (Server | TestServer)[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ("closeAllConnections" in server) server.closeAllConnections();
    await server.close();
  }
});

let requests = 0;
async function start(tls: TlsOptions): Promise<string> {
  requests = 0;
  const server = createServer({ cert: own.cert, key: own.key, ...tls }, (_request, response) => {
    requests += 1;
    response.end("{}");
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address of this shape; only pipes have a string.
  return `https://bitbucket.test:${(server.address() as AddressInfo).port}`;
}
const wanting: TlsOptions = { requestCert: true, rejectUnauthorized: true, ca: authority.cert };
const call = (origin: string, on = policy) => callOut(on, { url: `${origin}/` }, options);

describe("a server that wants a certificate of its caller", () => {
  test("by TLS 1.2 is detected in the handshake", async () => {
    const origin = await start({ ...wanting, maxVersion: "TLSv1.2" });
    expect(await call(origin)).toMatchObject({
      ok: false,
      failure: { kind: "client-certificate", phase: "certificate" },
    });
    expect(await wantsClientCertificate(policy, origin, options)).toBe(true);
    expect(requests).toBe(0);
  });

  test("by TLS 1.3 is detected after the handshake, every time if no request is sent", async () => {
    const origin = await start({ ...wanting, minVersion: "TLSv1.3" });
    for (let turn = 0; turn < 10; turn += 1) {
      expect(await wantsClientCertificate(policy, origin, options)).toBe(true);
      const result = await call(origin);
      // A request that is on its way can have the complaint lost in a reset; the check looks again then.
      expect(["client-certificate", "unreachable"]).toContain(result.ok ? "ok" : result.failure.kind);
    }
    expect(requests).toBe(0);
  });

  test("does so whether its own certificate is trusted or not", async () => {
    const origin = await start({ ...wanting, maxVersion: "TLSv1.2" });
    const result = await call(origin, { ...policy, caCertificates: [] });
    expect(result).toMatchObject({ failure: { kind: "client-certificate" } });
  });
});

describe("complaints that are not about a client certificate", () => {
  test("a server that asks for one and does without", async () => {
    const origin = await start({ ...wanting, rejectUnauthorized: false });
    expect(await call(origin)).toMatchObject({ ok: true, status: 200 });
    expect(await wantsClientCertificate(policy, origin, options)).toBe(false);
  });

  test("a server with no cipher in common, which shows no certificate before it hangs up", async () => {
    const origin = await start({ maxVersion: "TLSv1.2", ciphers: "AES256-SHA256" });
    expect(await call(origin)).toMatchObject({
      failure: { kind: "certificate", certificateReason: "other" },
    });
  });

  test("a port that hangs up, one that stays silent, and plain http", async () => {
    const rude = await serveTcp((socket) => void socket.once("data", () => socket.destroy()));
    servers.push(rude);
    expect(await wantsClientCertificate(policy, `https://bitbucket.test:${rude.port}`, options)).toBe(false);
    expect(await wantsClientCertificate(policy, `http://bitbucket.test:${rude.port}`, options)).toBe(false);
    expect(await wantsClientCertificate(policy, "https://169.254.169.254", options)).toBe(false);
  });
});
