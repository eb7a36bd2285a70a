import { afterEach, describe, expect, test } from "vitest";
import { makeCertificate, type TestCertificate } from "@/lib/testing/certificates";
import { serveHttps, type TestServer } from "@/lib/testing/servers";
import { callOut } from "./call-out";
import type { CertificateFailureReason } from "./failure";
import { lookAtCertificate } from "./look-at-certificate";
import type { EgressPolicy } from "./policy";

type Days = readonly [from: number, to: number];
const good: Days = [-100, 100];
const gone: Days = [-100, -2];
const early: Days = [2, 100];

const authority = (days: Days) => makeCertificate({ name: "Authority", isAuthority: true, days });
const between = (issuer: TestCertificate, days: Days, name = "Intermediate") =>
  makeCertificate({ name, isAuthority: true, issuer, days });
const leaf = (issuer: TestCertificate | undefined, days: Days, host = "bitbucket.test") =>
  makeCertificate({ name: host, hosts: [host], days, ...(issuer ? { issuer } : {}) });

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(chain: readonly TestCertificate[]): Promise<string> {
  const cert = chain.map((one) => one.cert).join("");
  const key = chain[0]?.key ?? "";
  const server = await serveHttps({ cert, key }, (_request, response) => void response.end("{}"));
  servers.push(server);
  return `https://bitbucket.test:${server.port}`;
}
const options = { limits: { connectMs: 2_000, headersMs: 2_000 }, resolve: async () => ["127.0.0.1"] };
const trusting = (...trusted: readonly TestCertificate[]): EgressPolicy => ({
  mode: "open",
  allow: [],
  loopback: true,
  caCertificates: trusted.map(({ cert }) => cert),
});

type Chain = { readonly sent: readonly TestCertificate[]; readonly trusted: readonly TestCertificate[] };

/** Own certificate, two between, authority on top; each with its own dates. */
async function chainOf(
  dates: { own?: Days; lower?: Days; upper?: Days; top?: Days },
  host?: string,
): Promise<Chain> {
  const root = await authority(dates.top ?? good);
  const upper = await between(root, dates.upper ?? good, "Upper intermediate");
  const lower = await between(upper, dates.lower ?? good, "Lower intermediate");
  return { sent: [await leaf(lower, dates.own ?? good, host), lower, upper], trusted: [root] };
}

const daysFromNow = (iso: string | undefined) => (Date.parse(iso ?? "") - Date.now()) / 86_400_000;

const rows: readonly (readonly [string, Chain, CertificateFailureReason, number | null])[] = [
  ["the server's own certificate has ended", await chainOf({ own: gone }), "expired", -2],
  ["the server's own begins later", await chainOf({ own: early }), "not-yet-valid", 2],
  ["the lower intermediate has ended", await chainOf({ lower: gone }), "intermediate-expired", -2],
  ["the upper intermediate has ended", await chainOf({ upper: gone }), "intermediate-expired", -2],
  ["an intermediate begins later", await chainOf({ upper: early }), "intermediate-not-yet-valid", 2],
  ["own and intermediate have ended", await chainOf({ own: gone, lower: gone }), "expired", -2],
  ["a trusted authority has ended, and is not sent", await chainOf({ top: gone }), "authority-expired", null],
  ["a trusted authority begins later", await chainOf({ top: early }), "authority-not-yet-valid", null],
];

describe("of a chain that is out of date", () => {
  test.each(rows)("%s: that one is named, with its day", async (_what, chain, reason, days) => {
    const result = await callOut(
      trusting(...chain.trusted),
      { url: `${await start(chain.sent)}/`, headers: { authorization: "Bearer canary" } },
      options,
    );
    expect(result).toMatchObject({ failure: { kind: "certificate", certificateReason: reason } });
    const date = result.ok ? undefined : result.failure.certificateDate;
    if (days === null) expect(date).toBeUndefined();
    else expect(daysFromNow(date)).toBeCloseTo(days, 0);
  });

  test("an authority that has ended and is sent along is named with its day, trusted or not", async () => {
    const root = await authority(gone);
    const sent = [await leaf(root, good), root];
    for (const policy of [trusting(root), trusting()]) {
      const result = await callOut(policy, { url: `${await start(sent)}/` }, options);
      expect(result).toMatchObject({ failure: { certificateReason: "authority-expired" } });
      expect(daysFromNow(result.ok ? "" : result.failure.certificateDate)).toBeCloseTo(-2, 0);
    }
  });

  test("a certificate that is signed by itself and has ended is the server's own", async () => {
    const origin = await start([await leaf(undefined, gone)]);
    expect(await callOut(trusting(), { url: `${origin}/` }, options)).toMatchObject({
      failure: { certificateReason: "expired" },
    });
  });

  test("another name is reported only if all dates are valid", async () => {
    const wrong = await chainOf({}, "other.test");
    expect(
      await callOut(trusting(...wrong.trusted), { url: `${await start(wrong.sent)}/` }, options),
    ).toMatchObject({ failure: { certificateReason: "wrong-host" } });
    const both = await chainOf({ upper: gone }, "other.test");
    expect(
      await callOut(trusting(...both.trusted), { url: `${await start(both.sent)}/` }, options),
    ).toMatchObject({ failure: { certificateReason: "intermediate-expired" } });
  });

  test("an administrator's look at it says the same", async () => {
    const { sent, trusted } = await chainOf({ lower: gone });
    expect(await lookAtCertificate(trusting(...trusted), await start(sent), options)).toMatchObject({
      ok: true,
      refusal: { certificateReason: "intermediate-expired" },
    });
  });
});
