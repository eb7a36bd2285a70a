import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { Actor } from "@/lib/actor";
import { deriveKey } from "@/lib/crypto/derive";
import { generateKeyRingText } from "@/lib/crypto/key-ring";
import { signToken } from "@/lib/crypto/signed-token";
import { portalKeys } from "@/lib/portal/keys";
import { issueTryAgainToken, overrideOf, type TriedAgain, tryAgainValidityMs } from "./try-again-token";

// Only the user's id counts, and making a whole actor needs a database.
const [jane, ana] = [{ userId: "jane" } as Actor, { userId: "ana" } as Actor];
const account = { baseUrl: "https://bitbucket.example.com", account: "fingerprint" };
const version = { credentialId: "7f0c", secretVersion: 2 };
const seenAt = new Date("2026-11-25T11:59:58.123Z");
const start = new Date("2026-11-25T12:00:00Z");

// Fresh keys, so that none are generated into a data folder.
vi.stubEnv("AUTH_SECRET", randomBytes(32).toString("base64url"));
vi.stubEnv("SECRET_KEYS", generateKeyRingText());

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: start }));
afterEach(() => void vi.useRealTimers());

describe("an override by Try again", () => {
  it.each<[string, TriedAgain]>([
    ["an account", account],
    ["a version of a secret", version],
  ])("tells the instant that its user had seen: for %s", async (_what, what) => {
    const token = await issueTryAgainToken(jane, what, seenAt);
    expect(await overrideOf(token, jane, what)).toEqual(seenAt);
  });

  it("is good for its own user only", async () => {
    const token = await issueTryAgainToken(jane, account, seenAt);
    expect(await overrideOf(token, ana, account)).toBeNull();
  });

  it("is good for exactly what it was made for", async () => {
    const targets: TriedAgain[] = [
      account,
      { ...account, account: "another" },
      { ...account, baseUrl: "https://git.example.com" },
      version,
      { ...version, secretVersion: 3 },
      { ...version, credentialId: "7f0d" },
    ];
    for (const target of targets) {
      const token = await issueTryAgainToken(jane, target, seenAt);
      const opened = await Promise.all(targets.map((other) => overrideOf(token, jane, other)));
      expect(opened).toEqual(targets.map((other) => (other === target ? seenAt : null)));
    }
  });

  it("does not come from a missing, empty or forged token", async () => {
    for (const token of [undefined, "", "forged"]) {
      expect(await overrideOf(token, jane, account)).toBeNull();
    }
  });

  it("ends after twelve hours, and not before", async () => {
    const token = await issueTryAgainToken(jane, account, seenAt);
    const twelveHours = 43_200_000;
    expect(tryAgainValidityMs).toBe(twelveHours);
    vi.setSystemTime(start.getTime() + twelveHours - 1);
    expect(await overrideOf(token, jane, account)).toEqual(seenAt);
    vi.setSystemTime(start.getTime() + twelveHours);
    expect(await overrideOf(token, jane, account)).toBeNull();
  });

  it("needs a token of this purpose under the key of tickets: a page from before an update stays usable", async () => {
    const signed = (purpose: string, key: "signed-ticket" | "set-up-token") =>
      signToken(
        deriveKey(Buffer.from(portalKeys().authSecret), key),
        { purpose, schema: z.any() },
        { userId: "jane", what: "7f0c 2", seenAt: seenAt.getTime() },
        { expiresAt: new Date(start.getTime() + 1_000) },
      );
    expect(await overrideOf(await signed("try-again", "signed-ticket"), jane, version)).toEqual(seenAt);
    expect(await overrideOf(await signed("", "signed-ticket"), jane, version)).toBeNull();
    expect(await overrideOf(await signed("try-again", "set-up-token"), jane, version)).toBeNull();
  });
});
