import { randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { users } from "@/drizzle/schema";
import { Secret } from "@/lib/secret";
import { addAccount, aVisitor } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { signIn } from "./mutations";
import { newPasswordSchema } from "./new-password";
import { hashPassword, verifyPassword } from "./passwords";
import { knownPasswordSchema } from "./schema";

const composed = "passw\u00f6rd of K\u00e9ana";
const decomposed = composed.normalize("NFD");

async function isRight(stored: string, typed: string): Promise<boolean> {
  return (await verifyPassword(stored, Secret.of(typed))).isRight;
}

describe("a password in any Unicode spelling", () => {
  it.each([
    ["composed", "decomposed", composed, decomposed],
    ["decomposed", "composed", decomposed, composed],
  ])("38 that was set %s is right when it is typed %s", async (_set, _typed, set, typed) => {
    const stored = await hashPassword(Secret.of(set));
    expect(await verifyPassword(stored, Secret.of(typed))).toEqual({ isRight: true, isOldSpelling: false });
    expect(await verifyPassword(stored, Secret.of(set))).toEqual({ isRight: true, isOldSpelling: false });
  });

  it.each([
    ["composed", "composed", composed, composed],
    ["decomposed", "decomposed", decomposed, decomposed],
    ["decomposed", "composed", decomposed, composed],
  ])(
    "that was stored %s as it came, by an older version, keeps working typed %s",
    async (_set, _typed, set, typed) => {
      expect(await isRight(await hash(set), typed)).toBe(true);
    },
  );

  it("is stored in the normalized one from the next sign-in on", () =>
    withRollback(async (db) => {
      const email = `${randomUUID()}@example.com`;
      const id = await addAccount(db, { name: "Robin", email, password: "replaced below" });
      await db
        .update(users)
        .set({ passwordHash: await hash(decomposed) })
        .where(eq(users.id, id));
      expect(await signIn(db, aVisitor(), { email, password: composed })).toMatchObject({ ok: true });
      const [user] = await db.select().from(users).where(eq(users.id, id));
      const verdict = await verifyPassword(user?.passwordHash ?? null, Secret.of(composed));
      expect(verdict).toEqual({ isRight: true, isOldSpelling: false });
      expect(await signIn(db, aVisitor(), { email, password: decomposed })).toMatchObject({ ok: true });
    }));
});

describe("an odd password", () => {
  it.each([
    ["after a NUL", "before the nul\0after it", "before the nul\0something else"],
    ["by a NUL at its end", "a long password", "a long password\0"],
    ["by an invisible character", "a long password", "a long\u200b password"],
    ["beyond the 72nd byte", `${"long ".repeat(20)}one`, `${"long ".repeat(20)}two`],
    ["beyond the basic plane", "a long password 😀", "a long password 😁"],
    ["by a space at its end", "a long password", "a long password "],
    ["in case", "a long password", "A long password"],
  ])("38 that differs only %s is another one", async (_what, one, other) => {
    const stored = await hashPassword(Secret.of(one));
    expect(await isRight(stored, one)).toBe(true);
    expect(await isRight(stored, other)).toBe(false);
  });

  it.each([
    ["a megabyte", "x".repeat(1_000_000), /at most 1024/],
    ["a megabyte of combining marks", `e${"\u0301".repeat(1_000_000)}`, /at most 1024/],
    ["1,025 characters", `${"ab".repeat(512)}c`, /at most 1024/],
    ["eleven characters", "correct hor", /at least 12/],
    ["six characters that take twelve units", "😀🎉😀🎉😀🎉", /at least 12/],
    ["twelve that are six once they are composed", "e\u0301a\u0301".repeat(3), /at least 12/],
  ])("38 of %s is refused before anything is computed from it", async (_what, text, message) => {
    const parsed = await newPasswordSchema.safeParseAsync(text);
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ["1,024 characters", "ab c".repeat(256)],
    ["a NUL", "a long\0password"],
    ["another alphabet", "пароль из многих слов"],
    ["right-to-left text", "סיסמה ארוכה מאוד מאוד"],
    ["pictures", "😀🎉🐙🚀🌍🔑🎈🍕🎸🧩📎🦊"],
  ])("38 of %s is taken, and known again", async (_what, text) => {
    const kept = await newPasswordSchema.parseAsync(text);
    expect(await isRight(await hashPassword(Secret.of(kept)), knownPasswordSchema.parse(text))).toBe(true);
  });

  it("38 of more than 1,024 characters is not even compared", () => {
    expect(knownPasswordSchema.safeParse("x".repeat(1_025)).success).toBe(false);
  });
});
