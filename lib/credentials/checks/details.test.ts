import { describe, expect, it } from "vitest";
import { verified } from "@/lib/testing/credentials";
import { detailsOf, keyEndOf, type Lasting, readCheckRecord, warningsAt } from "./details";

const details = detailsOf(verified);
const nothing: Lasting = { details: null, keyExpiresOn: null, serverVersion: null };
const warnings = (lasting: Partial<Lasting>, at: string) =>
  warningsAt([], { ...nothing, ...lasting }, new Date(at));

describe("what time brings", () => {
  it.each([
    ["2026-11-01T12:00:00Z", []],
    ["2026-11-01T12:00:01Z", ["KEY_ENDS_SOON"]],
    ["2026-12-01T11:59:59Z", ["KEY_ENDS_SOON"]],
    ["2026-12-01T12:00:00Z", ["KEY_ENDED"]],
  ])("a key that the server says ends at noon of 1 December has at %s the warnings %j", (at, expected) => {
    const keyEndsAt = "2026-12-01T12:00:00.000Z";
    expect(warnings({ details: { ...details, keyEndsAt } }, at)).toEqual(expected);
  });

  it.each([
    ["2026-11-01T23:59:59Z", []],
    ["2026-11-02T00:00:01Z", ["KEY_ENDS_SOON"]],
    ["2026-12-01T23:59:59Z", ["KEY_ENDS_SOON"]],
    ["2026-12-02T00:00:00Z", ["KEY_ENDED"]],
  ])("a key that somebody says ends on 1 December is good for all of that day: at %s %j", (at, expected) => {
    expect(warnings({ keyExpiresOn: "2026-12-01" }, at)).toEqual(expected);
  });

  it.each([
    ["2026-11-30T23:59:59Z", []],
    ["2026-12-02T00:00:01Z", ["CERTIFICATE_ENDS_SOON"]],
    ["2027-06-01T00:00:00Z", ["CERTIFICATE_ENDS_SOON"]],
  ])("a certificate that ends on 1 January is warned of at %s with %j", (at, expected) => {
    const certificateEndsAt = "2027-01-01T00:00:00.000Z";
    expect(warnings({ details: { ...details, certificateEndsAt } }, at)).toEqual(expected);
  });

  it.each([
    ["2026-09-01T00:00:00Z", []],
    ["2026-11-25T00:00:00Z", ["SUPPORT_ENDS_SOON"]],
    ["2026-12-04T00:00:00Z", ["SUPPORT_ENDED"]],
  ])("version 9.4 has at %s the warnings %j", (at, expected) => {
    expect(warnings({ serverVersion: "9.4.3" }, at)).toEqual(expected);
  });

  it("comes after the check's own warnings, without duplicates", () => {
    const certificateEndsAt = "2026-12-01T00:00:00.000Z";
    const found = ["PLAIN_HTTP", "CERTIFICATE_ENDS_SOON"] as const;
    const lasting = { ...nothing, details: { ...details, certificateEndsAt }, keyExpiresOn: "2026-12-01" };
    expect(warningsAt(found, lasting, new Date("2026-11-25T00:00:00Z"))).toEqual([
      "PLAIN_HTTP",
      "CERTIFICATE_ENDS_SOON",
      "KEY_ENDS_SOON",
    ]);
  });
});

describe("the end of a key", () => {
  it("comes from the server, before a day that a user entered", () => {
    const keyEndsAt = "2026-12-01T12:00:00.000Z";
    expect(keyEndOf({ ...details, keyEndsAt }, "2030-01-01")).toEqual({ saidBy: "server", at: keyEndsAt });
    expect(keyEndOf(details, "2030-01-01")).toEqual({ saidBy: "person", day: "2030-01-01" });
    expect(keyEndOf(details, null)).toBeNull();
    expect(keyEndOf(null, null)).toBeNull();
  });
});

describe("findings of earlier versions of the portal", () => {
  const count = { count: 3, more: false };
  const early = {
    access: { projects: count, readable: count, writable: count, administrable: count },
    warnings: ["PLAIN_HTTP"],
    steps: [],
  };

  it("are read with what they have, and null for what was not looked for then", () => {
    expect(readCheckRecord(early)).toEqual({
      ...early,
      access: { ...early.access, projectRights: null },
      details: null,
    });
    expect(readCheckRecord({})).toEqual({ access: null, warnings: [], steps: [], details: null });
  });

  it("are empty where there was no check", () => {
    expect(readCheckRecord(null)).toEqual({ access: null, warnings: [], steps: [], details: null });
  });
});
