import { describe, expect, it } from "vitest";
import { endingsOf, needsOf } from "./needs";
import type { Need, ToldCredential } from "./types";

const now = "2026-11-30T10:00:00.000Z";
const credential = (name: string, changes: Partial<ToldCredential> = {}): ToldCredential => ({
  ...{ id: name, name, role: "owner", ownerName: "Robin", status: "verified", isSuspended: false },
  ...{ checkedAt: "2026-11-29T10:00:00.000Z", keyEndsAt: null },
  ...changes,
});
const request = (kind: "certificate" | "unreachable", at: string): Need => ({ kind, id: at, name: kind, at });
const offer: Need = { kind: "offer", id: "o", name: "Offer", byName: "Kim", at: now };
const run = (name: string, isPausedByItself: boolean, createdAt = "2026-11-28T10:00:00.000Z") => ({
  ...{ id: name, direction: "source" as const, name, role: "owner" as const, isPausedByItself },
  run: { id: "r", state: "failed" as const, createdAt },
});

const kinds = (needs: readonly Need[]) => needs.map(({ kind, name }) => `${kind} ${name}`);

describe("what needs the user", () => {
  it("is in order of urgency, then ends soonest first, and all else newest first", () => {
    const credentials = [
      credential("b", { keyEndsAt: "2026-12-20T00:00:00.000Z" }),
      credential("a", { keyEndsAt: "2026-12-10T00:00:00.000Z" }),
      credential("old", { status: "rejected", checkedAt: "2026-11-01T10:00:00.000Z" }),
      credential("new", { status: "rejected" }),
      credential("gone", { keyEndsAt: now }),
    ];
    const runs = [run("one", false), run("two", false, "2026-11-29T10:00:00.000Z"), run("three", true)];
    const requests = [request("certificate", "2026-12-05T00:00:00.000Z"), offer, request("unreachable", now)];
    expect(kinds(needsOf({ credentials, runs, requests }, now))).toEqual([
      ...["rejected new", "rejected old", "ended gone", "paused-by-itself three", "run-failed two"],
      ...["run-failed one", "unreachable unreachable", "offer Offer", "ends-soon a", "ends-soon b"],
      "certificate certificate",
    ]);
  });

  it("is nothing for what works, is suspended, or ends later than in 30 days", () => {
    const credentials = [
      credential("works"),
      credential("suspended", { isSuspended: true, status: "rejected" }),
      credential("later", { keyEndsAt: "2027-01-10T00:00:00.000Z" }),
    ];
    const requests = [request("certificate", "2027-01-10T00:00:00.000Z")];
    expect(needsOf({ credentials, runs: [], requests }, now)).toEqual([]);
    expect(endingsOf({ credentials, requests }, now).map(({ name }) => name)).toEqual([
      "later",
      "certificate",
    ]);
  });
});

describe("what ends", () => {
  it("leaves out what ended already, and keys that sign in no more", () => {
    const credentials = [
      credential("ended", { keyEndsAt: now }),
      credential("rejected", { status: "rejected", keyEndsAt: "2026-12-10T00:00:00.000Z" }),
      credential("ends", { keyEndsAt: "2026-12-10T00:00:00.000Z" }),
    ];
    const requests = [request("certificate", "2026-11-20T00:00:00.000Z")];
    expect(endingsOf({ credentials, requests }, now).map(({ name }) => name)).toEqual(["ends"]);
  });
});
