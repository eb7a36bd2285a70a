import { X509Certificate } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { makeCertificate, type TestCertificate } from "@/lib/testing/certificates";
import { serveTcp, serveTls, type TestServer } from "@/lib/testing/servers";
import { lookAtCertificate } from "./look-at-certificate";
import type { EgressPolicy } from "./policy";
import { readPem } from "./presented-certificate";

const root = await makeCertificate({ name: "Company root", isAuthority: true });
const middle = await makeCertificate({ name: "Company issuing authority", isAuthority: true, issuer: root });
const hosts = ["bitbucket.test", "10.1.2.3"];
const leaf = await makeCertificate({ name: "bitbucket.test", hosts, issuer: middle });
const policy: EgressPolicy = { mode: "open", allow: [], loopback: true };
const limits = { connectMs: 1_000 };

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

let received = "";
async function look(chain: readonly TestCertificate[], on: EgressPolicy = policy) {
  received = "";
  const [own] = chain;
  const server = await serveTls(
    { cert: chain.map(({ cert }) => cert).join(""), key: own?.key ?? "" },
    (socket) =>
      socket.on("data", (data) => {
        received += data.toString("latin1");
      }),
  );
  servers.push(server);
  const origin = `https://bitbucket.test:${server.port}`;
  return lookAtCertificate(on, origin, { limits, resolve: async () => ["127.0.0.1"] });
}

describe("looking at a server's certificate", () => {
  test("shows who it is for, who signed it, its dates and its SHA-256, and the authorities that came along", async () => {
    const seen = await look([leaf, middle, root]);
    if (!seen.ok) throw new Error(seen.failure.detail);
    expect(seen.chain).toMatchObject([
      {
        subject: "CN=bitbucket.test",
        names: hosts,
        issuer: "CN=Company issuing authority",
        sha256: new X509Certificate(leaf.cert).fingerprint256,
        isAuthority: false,
        isSelfSigned: false,
      },
      { subject: "CN=Company issuing authority", isAuthority: true, isSelfSigned: false },
      { subject: "CN=Company root", issuer: "CN=Company root", isAuthority: true, isSelfSigned: true },
    ]);
    expect(seen.refusal).toMatchObject({ certificateReason: "untrusted-issuer" });
    const [own] = seen.chain;
    expect(Date.parse(own.validTo)).toBeGreaterThan(Date.parse(own.validFrom));
  });

  test("reports another name even if the unknown issuer comes first", async () => {
    const other = await makeCertificate({ name: "other", hosts: ["other.test"], issuer: root });
    const seen = await look([other, root]);
    expect(seen).toMatchObject({ isForHost: false, refusal: { certificateReason: "untrusted-issuer" } });
    expect(await look([leaf, middle])).toMatchObject({ isForHost: true });
  });

  test("sends nothing, whether the certificate is trusted or not", async () => {
    const trusting = { ...policy, caCertificates: [root.cert] };
    expect(await look([leaf, middle], trusting)).toMatchObject({ ok: true, refusal: null });
    expect(received).toBe("");
    expect(await look([leaf])).toMatchObject({ refusal: { certificateReason: "incomplete-chain" } });
    expect(received).toBe("");
  });

  test("goes only where checks may go, and speaks of what cannot be greeted as checks do", async () => {
    const ask = (origin: string, on = policy) => lookAtCertificate(on, origin, { limits });
    const off = { ...policy, loopback: false };
    expect(await ask("https://127.0.0.1:7990", off)).toMatchObject({
      failure: { kind: "forbidden-address" },
    });
    expect(await ask("https://169.254.169.254")).toMatchObject({ failure: { kind: "forbidden-address" } });
    expect(await ask("http://127.0.0.1:7990")).toMatchObject({ failure: { kind: "scheme" } });
    const closed = await serveTcp(() => undefined);
    await closed.close();
    expect(await ask(`https://127.0.0.1:${closed.port}`)).toMatchObject({ failure: { kind: "unreachable" } });
    const silent = await serveTcp(() => undefined);
    servers.push(silent);
    expect(await ask(`https://127.0.0.1:${silent.port}`)).toMatchObject({ failure: { kind: "timeout" } });
  });

  test("shows hostile names on one line, short, and without anything invisible", async () => {
    const hostile = await makeCertificate({ name: `=cmd\u202e\u0000\n<b>${"x".repeat(500)}`, hosts: ["a"] });
    const seen = await look([hostile]);
    if (!seen.ok) throw new Error(seen.failure.detail);
    const [{ subject }] = seen.chain;
    expect(subject).toMatch(/^CN==cmd/);
    expect(subject).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(subject.length).toBeLessThanOrEqual(200);
  });
});

describe("a PEM text", () => {
  test("is read as all the certificates in it, whatever stands around them", () => {
    const text = `Our authorities\n${root.cert}\r\n${middle.cert} end`;
    expect(readPem(text)).toMatchObject([{ subject: "CN=Company root" }, { issuer: "CN=Company root" }]);
  });

  test.each([
    ["nothing", ""],
    ["a key", root.key],
    ["a certificate that was cut", root.cert.replace(/\n.{20}/, "\n")],
    ["what is no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"],
    ["a whole bundle", root.cert.repeat(11)],
  ])("that holds %s is none", (_what, text) => {
    expect(readPem(text)).toBeNull();
  });
});
