import { describe, expect, it } from "vitest";
import type { EgressFailure } from "@/lib/egress/failure";
import { describeCertificate } from "@/lib/egress/presented-certificate";
import { makeCertificate, type TestCertificateOptions } from "@/lib/testing/certificates";
import { findCertificate, inspectionOfServer, inspectionOfText } from "./inspect";

async function certificate(name: string, options: Partial<TestCertificateOptions> = {}) {
  const made = await makeCertificate({ name, ...options });
  const described = describeCertificate(made.cert);
  if (!described) throw new Error("the certificate that was just made cannot be read");
  return described;
}

const own = await certificate("server");
const authority = await certificate("authority", { isAuthority: true });
const over = { days: [-9, -1] } as const;
const unknown: EgressFailure = {
  kind: "certificate",
  phase: "certificate",
  certificateReason: "untrusted-issuer",
  detail: "",
};

describe("the certificate that a decision names", () => {
  it("is one of those that are there now, in the role in which it was shown", async () => {
    const chain = [own, authority];
    expect(findCertificate(chain, "pin", own.sha256)).toBe(own);
    expect(findCertificate(chain, "authority", authority.sha256)).toBe(authority);
    // Only the server's own can be pinned, and only an authority signs.
    expect(findCertificate(chain, "pin", authority.sha256)).toBeNull();
    expect(findCertificate(chain, "authority", own.sha256)).toBeNull();
    expect(findCertificate([await certificate("server"), authority], "pin", own.sha256)).toBeNull();
    expect(findCertificate([], "pin", own.sha256)).toBeNull();
  });

  it("is in date", async () => {
    const [expired, former] = [
      await certificate("x", over),
      await certificate("y", { ...over, isAuthority: true }),
    ];
    expect(findCertificate([expired, former], "pin", expired.sha256)).toBeNull();
    expect(findCertificate([expired, former], "authority", former.sha256)).toBeNull();
  });
});

describe("an inspection", () => {
  const offersOf = (chain: [typeof own, ...(typeof own)[]], refusal: EgressFailure | null) =>
    inspectionOfServer({ ok: true, chain, isForHost: true, refusal }).certificates.map(
      ({ offers }) => offers,
    );

  it("offers the pin with the server's own certificate and trust with its authorities", () => {
    expect(offersOf([own, authority], unknown)).toEqual([["pin"], ["authority"]]);
    expect(offersOf([authority], unknown)).toEqual([["authority", "pin"]]);
  });

  it("offers nothing where the certificate is accepted, or out of date", async () => {
    expect(offersOf([own, authority], null)).toEqual([[], []]);
    expect(offersOf([await certificate("x", over), authority], unknown)).toEqual([[], []]);
  });

  it("of a text offers its authorities only, and shows no more than that the others are none", () => {
    const { certificates, refusal } = inspectionOfText([own, authority]);
    expect(certificates.map(({ offers }) => offers)).toEqual([[], ["authority"]]);
    expect(refusal).toBeNull();
  });

  it("repeats no certificate's bytes to the page but those that were brought", () => {
    expect(
      JSON.stringify(inspectionOfServer({ ok: true, chain: [own], isForHost: true, refusal: unknown })),
    ).not.toContain("BEGIN CERTIFICATE");
  });
});
