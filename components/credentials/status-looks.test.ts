import { describe, expect, it } from "vitest";
import { type Shown, shownBadges } from "./status-badge";

const now = "2026-11-30T10:00:00.000Z";
const works: Shown = { status: "verified", isSuspended: false, keyEndsAt: null, role: "owner" };

function labelsOf(changes: Partial<Shown>): string[] {
  return shownBadges({ ...works, ...changes }, now).map(({ label, tone }) => `${label} (${tone})`);
}

describe("the badges of a credential", () => {
  it("are quiet while it works", () => {
    expect(labelsOf({})).toEqual(["verified (quiet)"]);
    expect(labelsOf({ keyEndsAt: "2027-02-01T00:00:00.000Z" })).toEqual(["verified (quiet)"]);
  });

  it("count the days from 30 days before its end, by the last day on which it is valid", () => {
    expect(labelsOf({ keyEndsAt: "2026-12-30T10:00:00.000Z" })).toEqual(["verified (quiet)"]);
    expect(labelsOf({ keyEndsAt: "2026-12-30T09:59:59.999Z" })).toEqual(["ends in 30 days (warn)"]);
    expect(labelsOf({ keyEndsAt: "2026-12-21T00:00:00.000Z" })).toEqual(["ends in 20 days (warn)"]);
    expect(labelsOf({ keyEndsAt: "2026-12-02T00:00:00.000Z" })).toEqual(["ends tomorrow (warn)"]);
    expect(labelsOf({ keyEndsAt: "2026-12-01T00:00:00.000Z" })).toEqual(["ends today (warn)"]);
    expect(labelsOf({ keyEndsAt: now })).toEqual(["ended (bad)"]);
  });

  it("name the end beside any other result that the user should know", () => {
    const keyEndsAt = "2026-12-02T00:00:00.000Z";
    expect(labelsOf({ status: "restricted", keyEndsAt })).toEqual([
      "restricted (warn)",
      "ends tomorrow (warn)",
    ]);
    expect(labelsOf({ status: "unproven", keyEndsAt })).toEqual(["unproven (plain)", "ends tomorrow (warn)"]);
  });

  it("name the cure of a rejected secret to users who may replace it, whatever the key's end", () => {
    expect(labelsOf({ status: "rejected", keyEndsAt: now })).toEqual(["rejected: replace secret (bad)"]);
    expect(labelsOf({ status: "rejected", role: "collaborator" })).toEqual(["rejected (bad)"]);
  });

  it("say only that it is suspended or locked, if it is", () => {
    expect(labelsOf({ isSuspended: true, status: "rejected", keyEndsAt: now })).toEqual(["suspended (bad)"]);
    expect(labelsOf({ status: "locked", keyEndsAt: now })).toEqual(["locked (bad)"]);
  });
});
