import { describe, expect, it } from "vitest";
import { users } from "@/drizzle/schema";
import { ownDatabase, withRollback } from "@/lib/testing/database";
import { isReachedByOthers, isSetUpToken, openSetUpToken } from "./set-up-token";

const elsewhere = "https://latchkey.example.com";

describe("the set-up token", () => {
  it("is required if other machines can reach the portal, and never otherwise", () => {
    for (const origin of [
      elsewhere,
      "http://10.0.0.5:3000",
      "http://latchkey:3000",
      "https://localhost.example.com",
    ]) {
      expect(isReachedByOthers(origin)).toBe(true);
    }
    for (const origin of [
      "http://localhost:3000",
      "https://localhost:8443",
      "http://127.0.0.1:3000",
      "http://[::1]:3000",
    ]) {
      expect(isReachedByOthers(origin)).toBe(false);
    }
  });

  it("is the same in every process on one database, at every start, and another on another database", async () => {
    const [one, other] = [await ownDatabase(), await ownDatabase()];
    const token = await openSetUpToken(one, elsewhere);
    expect(token).toMatch(/^(?:[0-9a-f]{4}-){7}[0-9a-f]{4}$/);
    expect(await openSetUpToken(one, elsewhere)).toBe(token);
    expect(await openSetUpToken(other, elsewhere)).not.toBe(token);
  });

  it("is over with the first account", () =>
    withRollback(async (db) => {
      expect(await openSetUpToken(db, elsewhere)).not.toBeNull();
      await db
        .insert(users)
        .values({ name: "Ada", email: "ada@example.com", passwordHash: "x", role: "administrator" });
      expect(await openSetUpToken(db, elsewhere)).toBeNull();
    }));

  it("may be typed with or without its dashes and in capitals; nothing else is it", async () => {
    const token = "0123-4567-89ab-cdef-0123-4567-89ab-cdef";
    for (const typed of [token, ` ${token}\n`, token.toUpperCase(), token.replaceAll("-", "")]) {
      expect(isSetUpToken(typed, token)).toBe(true);
    }
    for (const typed of [
      "",
      "-",
      token.slice(0, -1),
      `${token}0`,
      token.replace("0", "1"),
      "null",
      "undefined",
    ]) {
      expect(isSetUpToken(typed, token)).toBe(false);
    }
  });
});
