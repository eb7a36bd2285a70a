import { describe, expect, it } from "vitest";
import { canBeTrusted, canManageServers } from "./policy";

const from = Date.parse("2026-01-01T00:00:00Z");
const to = Date.parse("2026-12-31T00:00:00Z");
const within = (isAuthority: boolean) => ({
  validFrom: new Date(from).toISOString(),
  validTo: new Date(to).toISOString(),
  isAuthority,
});

describe("who decides which certificates are trusted", () => {
  it("is a portal administrator and no other user", () => {
    expect(canManageServers({ isAdministrator: true })).toBe(true);
    expect(canManageServers({ isAdministrator: false })).toBe(false);
  });
});

describe("a certificate whose trust could help", () => {
  it("may be pinned whether it is an authority or not, but signs only as an authority", () => {
    expect(canBeTrusted(within(false), "pin", from + 1)).toBe(true);
    expect(canBeTrusted(within(true), "pin", from + 1)).toBe(true);
    expect(canBeTrusted(within(true), "authority", from + 1)).toBe(true);
    expect(canBeTrusted(within(false), "authority", from + 1)).toBe(false);
  });

  it("is in date from its first instant to its last, both included, and at no other", () => {
    for (const kind of ["pin", "authority"] as const) {
      const at = [from - 1, from, to, to + 1].map((now) => canBeTrusted(within(true), kind, now));
      expect(at).toEqual([false, true, true, false]);
    }
  });
});
