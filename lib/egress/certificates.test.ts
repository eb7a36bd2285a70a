import { afterEach, describe, expect, test } from "vitest";
import { makeCertificate, type TestCertificate } from "@/lib/testing/certificates";
import { serveHttp, serveHttps, serveTcp, type TestServer } from "@/lib/testing/servers";
import { callOut } from "./call-out";
import type { EgressPolicy } from "./policy";

const authority = await makeCertificate({ name: "Test authority", isAuthority: true });
const middle = await makeCertificate({ name: "Test intermediate", isAuthority: true, issuer: authority });
const outsider = await makeCertificate({ name: "Unknown authority", isAuthority: true });
const hosts = ["bitbucket.test", "127.0.0.1"];

const plain: EgressPolicy = { mode: "open", allow: [], loopback: true };
const trusting: EgressPolicy = { ...plain, caCertificates: [authority.cert] };
const limits = { connectMs: 2_000, headersMs: 2_000, totalMs: 4_000 };

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

let requests = 0;
async function visit(
  certificate: TestCertificate,
  {
    policy = trusting,
    chain = [],
    host = "bitbucket.test",
    ...tls
  }: {
    policy?: EgressPolicy;
    chain?: readonly TestCertificate[];
    host?: string;
    maxVersion?: "TLSv1.1" | "TLSv1.2" | "TLSv1.3";
    minVersion?: "TLSv1" | "TLSv1.2";
    ciphers?: string;
  } = {},
) {
  requests = 0;
  const cert = [certificate, ...chain].map((one) => one.cert).join("");
  const server = await serveHttps({ cert, key: certificate.key, ...tls }, (_request, response) => {
    requests += 1;
    response.end("{}");
  });
  servers.push(server);
  return callOut(
    policy,
    { url: `https://${host}:${server.port}/`, headers: { authorization: "Bearer canary" } },
    { limits, resolve: async () => ["127.0.0.1"] },
  );
}
const reasonOf = (result: Awaited<ReturnType<typeof callOut>>) =>
  result.ok ? "accepted" : (result.failure.certificateReason ?? result.failure.kind);

const bad: readonly (readonly [string, TestCertificate, readonly TestCertificate[]])[] = [
  [
    "expired",
    await makeCertificate({ name: "bitbucket.test", hosts, issuer: authority, days: [-30, -1] }),
    [],
  ],
  [
    "not-yet-valid",
    await makeCertificate({ name: "bitbucket.test", hosts, issuer: authority, days: [1, 30] }),
    [],
  ],
  ["wrong-host", await makeCertificate({ name: "other.test", hosts: ["other.test"], issuer: authority }), []],
  ["self-signed", await makeCertificate({ name: "bitbucket.test", hosts }), []],
  [
    "untrusted-issuer",
    await makeCertificate({ name: "bitbucket.test", hosts, issuer: outsider }),
    [outsider],
  ],
  ["incomplete-chain", await makeCertificate({ name: "bitbucket.test", hosts, issuer: outsider }), []],
];

describe("a certificate", () => {
  test("24 a certificate of an authority that the operator added is accepted, by name and by address, with its end date", async () => {
    const good = await makeCertificate({ name: "bitbucket.test", hosts, issuer: authority, days: [-2, 20] });
    const result = await visit(good);
    expect(result).toMatchObject({ ok: true, certificate: { issuer: "Test authority" } });
    if (!result.ok) return;
    const daysLeft = (Date.parse(result.certificate?.validTo ?? "") - Date.now()) / 86_400_000;
    expect(daysLeft).toBeGreaterThan(19.9);
    expect(daysLeft).toBeLessThan(20.1);
    expect(reasonOf(await visit(good, { host: "127.0.0.1" }))).toBe("accepted");
  });

  test("is accepted through an intermediate that the server sends, and not without it", async () => {
    const leaf = await makeCertificate({ name: "bitbucket.test", hosts, issuer: middle });
    expect(reasonOf(await visit(leaf, { chain: [middle] }))).toBe("accepted");
    expect(reasonOf(await visit(leaf))).toBe("incomplete-chain");
  });

  test.each(bad)(
    "24 a certificate that is %s is refused for that reason, and no request is sent",
    async (reason, certificate, chain) => {
      const result = await visit(certificate, { chain });
      expect(result).toMatchObject({ ok: false, failure: { kind: "certificate", phase: "certificate" } });
      expect(reasonOf(result)).toBe(reason);
      expect(requests).toBe(0);
    },
  );

  test("of a private authority is refused where the operator did not add it", async () => {
    const good = await makeCertificate({ name: "bitbucket.test", hosts, issuer: authority });
    expect(reasonOf(await visit(good, { policy: plain, chain: [authority] }))).toBe("untrusted-issuer");
  });

  test("24 the certificate of a server that only speaks TLS older than 1.2 does not come into it", async () => {
    const good = await makeCertificate({ name: "bitbucket.test", hosts, issuer: authority });
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    expect(reasonOf(await visit(good, old))).toBe("old-tls");
    expect(reasonOf(await visit(good, { maxVersion: "TLSv1.2" }))).toBe("accepted");
  });
});

describe("a port that does not speak TLS", () => {
  const visitPort = (port: number) =>
    callOut(
      plain,
      { url: `https://bitbucket.test:${port}/` },
      { limits, resolve: async () => ["127.0.0.1"] },
    );

  test("but http, or ssh, reads not-tls", async () => {
    const http = await serveHttp((_request, response) => void response.end("{}"));
    const ssh = await serveTcp((socket) => void socket.write("SSH-2.0-OpenSSH_9.6\r\n"));
    servers.push(http, ssh);
    expect(reasonOf(await visitPort(http.port))).toBe("not-tls");
    expect(reasonOf(await visitPort(ssh.port))).toBe("not-tls");
  });

  test("but stays silent ends at the limit; one that hangs up reads unreachable", async () => {
    const silent = await serveTcp(() => undefined);
    const rude = await serveTcp((socket) => void socket.once("data", () => socket.destroy()));
    servers.push(silent, rude);
    expect(reasonOf(await visitPort(silent.port))).toBe("timeout");
    expect(reasonOf(await visitPort(rude.port))).toBe("unreachable");
  });

  test("and the other way round: plain http to a TLS port is recognised if the server says so", async () => {
    const server = await serveTcp(
      (socket) => void socket.once("data", () => socket.end(Buffer.from("15030300020246", "hex"))),
    );
    servers.push(server);
    const result = await callOut(plain, { url: `http://127.0.0.1:${server.port}/` }, { limits });
    expect(reasonOf(result)).toBe("tls-expected");
  });
});
