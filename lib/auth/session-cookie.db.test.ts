import { randomBytes, randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { expect, it, vi } from "vitest";
import { portalKeys } from "@/lib/portal/keys";
import { somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { readSessionCookie, sessionCookie, writeSessionCookie } from "./session-cookie";
import { findLiveSession, openSession, revokeSession } from "./sessions";

// Next's cookies of one request; what reads and writes them is the real code.
const { jar } = vi.hoisted(() => ({ jar: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));

function carry(value: string): void {
  jar.set(sessionCookie().name, value);
}

/** A cookie under the portal's own key, as only a thief of that key could make. */
function sealed(token: Record<string, unknown>, maxAge = 3_600): Promise<string> {
  return encode({ token, secret: portalKeys().authSecret, maxAge });
}

it("35 under the portal's own key only a live session's token counts", () =>
  withRollback(async (db) => {
    const { userId } = await somebody(db);
    const [live, ended] = [await openSession(db, userId), await openSession(db, userId)];
    await revokeSession(db, (await findLiveSession(db, ended))?.id ?? "");
    const lets = async (value: string) => {
      carry(value);
      const token = await readSessionCookie();
      return token !== null && (await findLiveSession(db, token)) !== null;
    };
    expect(await lets(await sealed({ sid: live }))).toBe(true);
    const others: Record<string, unknown>[] = [
      { sid: ended },
      { sid: randomBytes(32).toString("base64url") },
      { sid: "" },
      { sid: null },
      { sid: 1 },
      { sid: [live] },
      { sid: { toString: live } },
      { sub: userId, userId, email: "robin@example.com" },
      { sid: `${live} ` },
      { sid: live.toUpperCase() },
      { sid: "' or true --" },
      { sid: "\0" },
      {},
    ];
    for (const token of others) expect(await lets(await sealed(token)), JSON.stringify(token)).toBe(false);
    // next-auth allows clocks 15 seconds of difference.
    expect(await lets(await sealed({ sid: live }, -60))).toBe(false);
  }));

it("35 a token under another key, or under this key with another salt, is invalid", async () => {
  const token = { sid: randomUUID() };
  for (const value of [
    await encode({ token, secret: "b".repeat(40) }),
    await encode({ token, secret: portalKeys().authSecret, salt: "another purpose" }),
    "",
    "a.b.c.d.e",
  ]) {
    carry(value);
    expect(await readSessionCookie()).toBeNull();
  }
  await writeSessionCookie(token.sid);
  expect(await readSessionCookie()).toBe(token.sid);
});
