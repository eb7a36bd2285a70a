import { X509Certificate } from "node:crypto";
import type { TlsOptions } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { makeCertificate, type TestCertificate } from "@/lib/testing/certificates";
import { serveTls, type TestServer } from "@/lib/testing/servers";
import { callOut } from "./call-out";
import { openConversation } from "./conversation";
import type { OriginTrust } from "./origin-trust";
import type { EgressPolicy } from "./policy";

const root = await makeCertificate({ name: "Company root", isAuthority: true });
const middle = await makeCertificate({ name: "Company issuing authority", isAuthority: true, issuer: root });
const hosts = ["bitbucket.test"];
const canary = "Bearer canary-3b7e";
const limits = { connectMs: 2_000, headersMs: 2_000, totalMs: 4_000 };

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A server that keeps whatever it is sent after the greeting, and answers each request with an empty object. */
async function serve(
  certificate: TestCertificate,
  chain: readonly TestCertificate[] = [],
  more?: TlsOptions,
) {
  let bytes = "";
  const server = await serveTls({ ...present(certificate, chain), ...more }, (socket) =>
    socket.on("data", (data) => {
      bytes += data.toString("latin1");
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");
    }),
  );
  servers.push(server);
  return { ...server, origin: `https://bitbucket.test:${server.port}`, received: () => bytes };
}

function present(certificate: TestCertificate, chain: readonly TestCertificate[] = []): TlsOptions {
  return { cert: [certificate, ...chain].map(({ cert }) => cert).join(""), key: certificate.key };
}

const fingerprint = ({ cert }: TestCertificate) => new X509Certificate(cert).fingerprint256;
const authorities = (origin: string, ...trusted: TestCertificate[]): OriginTrust => ({
  origin,
  authorities: trusted.map(({ cert }) => cert),
  pins: [],
});
const pins = (origin: string, ...trusted: TestCertificate[]): OriginTrust => ({
  origin,
  authorities: [],
  pins: trusted.map(fingerprint),
});

const policyWith = (...trusts: OriginTrust[]): EgressPolicy => ({
  mode: "open",
  allow: [],
  loopback: true,
  trusts,
});
const options = { limits, resolve: async () => ["127.0.0.1"] };

async function visit(origin: string, ...trusts: OriginTrust[]): Promise<string> {
  const request = { url: `${origin}/`, headers: { authorization: canary } };
  const result = await callOut(policyWith(...trusts), request, options);
  return result.ok ? "accepted" : (result.failure.certificateReason ?? result.failure.kind);
}

const leaf = await makeCertificate({ name: "bitbucket.test", hosts, issuer: middle });

describe("an authority that is trusted for one server", () => {
  test("is trusted there and at no other port, name or scheme", async () => {
    const here = await serve(leaf, [middle, root]);
    const elsewhere = await serve(leaf, [middle, root]);
    expect(await visit(here.origin, authorities(here.origin, root))).toBe("accepted");
    expect(await visit(elsewhere.origin, authorities(here.origin, root))).toBe("untrusted-issuer");
    const otherNames = [`https://bitbucket.test.:${here.port}`, `http://bitbucket.test:${here.port}`, "null"];
    expect(await visit(here.origin, ...otherNames.map((other) => authorities(other, root)))).toBe(
      "untrusted-issuer",
    );
    expect([here.received(), elsewhere.received()]).toEqual([expect.stringContaining(canary), ""]);
  });

  test("leaves no trace in the settings that other servers are greeted with, in whatever order they are", async () => {
    const [one, other] = [await serve(leaf, [middle, root]), await serve(leaf, [middle, root])];
    const trusted = authorities(one.origin, root);
    for (const [origin, finding] of [
      [other.origin, "untrusted-issuer"],
      [one.origin, "accepted"],
      [other.origin, "untrusted-issuer"],
      [one.origin, "accepted"],
    ] as const) {
      expect(await visit(origin, trusted)).toBe(finding);
    }
    expect(await visit(one.origin)).toBe("untrusted-issuer");
  });

  test("may be an intermediate one, whose root the server does not send", async () => {
    const server = await serve(leaf, [middle]);
    expect(await visit(server.origin, authorities(server.origin, middle))).toBe("accepted");
    expect(await visit(server.origin, authorities(server.origin, root))).toBe("accepted");
    expect(await visit(server.origin)).toBe("untrusted-issuer");
  });

  test("completes a chain that the server leaves incomplete", async () => {
    const server = await serve(leaf);
    expect(await visit(server.origin, authorities(server.origin, root))).toBe("incomplete-chain");
    expect(await visit(server.origin, authorities(server.origin, middle))).toBe("accepted");
  });

  test("waives neither the name nor the dates nor TLS 1.2", async () => {
    const wrong = await serve(await makeCertificate({ name: "x", hosts: ["other.test"], issuer: root }));
    const over = await serve(await makeCertificate({ name: "x", hosts, issuer: root, days: [-9, -1] }));
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const outdated = await serve(await makeCertificate({ name: "x", hosts, issuer: root }), [], old);
    for (const [server, reason] of [
      [wrong, "wrong-host"],
      [over, "expired"],
      [outdated, "old-tls"],
    ] as const) {
      const { origin } = server;
      expect(await visit(origin, authorities(origin, root))).toBe(reason);
      expect(server.received()).toBe("");
    }
  });
});

const faulty = [
  ["signed by itself", await makeCertificate({ name: "bitbucket.test", hosts })],
  ["for another name", await makeCertificate({ name: "x", hosts: ["other.test"], issuer: root })],
  ["of an unknown issuer", await makeCertificate({ name: "bitbucket.test", hosts, issuer: middle })],
] as const;

describe("a certificate that is pinned for one server", () => {
  test.each(faulty)("is accepted there although it is %s, and nowhere else", async (_fault, certificate) => {
    const [here, elsewhere] = [await serve(certificate), await serve(certificate)];
    expect(await visit(here.origin, pins(here.origin, certificate))).toBe("accepted");
    expect(await visit(elsewhere.origin, pins(here.origin, certificate))).not.toBe("accepted");
    expect(elsewhere.received()).toBe("");
  });

  test.each([
    ["expired", [-30, -1] as const],
    ["not-yet-valid", [1, 30] as const],
  ])("is refused all the same when it is %s", async (reason, days) => {
    const certificate = await makeCertificate({ name: "bitbucket.test", hosts, days });
    const server = await serve(certificate);
    expect(await visit(server.origin, pins(server.origin, certificate))).toBe(reason);
    expect(server.received()).toBe("");
  });

  test("counts for itself only: any other certificate is verified as usual, before anything is sent", async () => {
    const pinned = await makeCertificate({ name: "bitbucket.test", hosts, isAuthority: true });
    const others = [
      ["self-signed", await makeCertificate({ name: "bitbucket.test", hosts })],
      // Signed by the pinned certificate: a pin is no authority.
      ["incomplete-chain", await makeCertificate({ name: "x", hosts, issuer: pinned })],
      ["wrong-host", await makeCertificate({ name: "x", hosts: ["other.test"], issuer: root })],
    ] as const;
    for (const [reason, certificate] of others) {
      const server = await serve(certificate);
      const trusted = [pins(server.origin, pinned), authorities(server.origin, root)];
      expect(await visit(server.origin, ...trusted)).toBe(reason);
      expect(server.received()).toBe("");
    }
    const renewed = await serve(await makeCertificate({ name: "bitbucket.test", hosts, issuer: root }));
    const trusted = [pins(renewed.origin, pinned), authorities(renewed.origin, root)];
    expect(await visit(renewed.origin, ...trusted)).toBe("accepted");
  });

  test("is compared at every new connection of a conversation, not only at the first", async () => {
    const pinned = await makeCertificate({ name: "bitbucket.test", hosts });
    const server = await serve(pinned);
    const opened = await openConversation(policyWith(pins(server.origin, pinned)), server.origin, options);
    if (!opened.ok) throw new Error(opened.failure.detail);
    const ask = () => opened.conversation.request({ path: "/", headers: { authorization: canary } });
    expect(await ask()).toMatchObject({ ok: true });
    const sofar = server.received();
    server.present(present(await makeCertificate({ name: "bitbucket.test", hosts })));
    expect(await ask()).toMatchObject({ failure: { certificateReason: "self-signed" } });
    expect(server.received()).toBe(sofar);
    await opened.conversation.close();
  });
});
