import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { users } from "@/drizzle/schema";
import { aVisitor } from "@/lib/auth/testing";
import type { Db } from "@/lib/db/client";
import { withRollback } from "@/lib/db/testing";
import { signUp } from "@/lib/people/mutations";

const visitor = aVisitor;

function account(email = `${randomUUID()}@example.com`) {
  return { name: "Robin", email, password: "a long enough password" };
}

async function roleOf(db: Db, email: string) {
  const [user] = await db.select().from(users).where(eq(users.email, email));
  return user?.role;
}

describe("signing up", () => {
  it("makes the first account portal administrator and every later one a member", () =>
    withRollback(async (db) => {
      const [first, second] = [account(), account()];
      await signUp(db, visitor(), first, "open");
      await signUp(db, visitor(), second, "open");
      expect(await roleOf(db, first.email)).toBe("administrator");
      expect(await roleOf(db, second.email)).toBe("member");
    }));

  it.each(["invite", "closed"] as const)(
    "with SIGN_UP=%s takes the first account and refuses the next",
    (policy) =>
      withRollback(async (db) => {
        await signUp(db, visitor(), account(), policy);
        await expect(signUp(db, visitor(), account(), policy)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      }),
  );

  it("tells at the field when the email has an account already, and makes no second one", () =>
    withRollback(async (db) => {
      const same = account();
      await signUp(db, visitor(), same, "open");
      await db.transaction(async (nested) => {
        await expect(signUp(nested, visitor(), same, "open")).rejects.toMatchObject({
          code: "CONFLICT",
          fieldErrors: { email: expect.stringContaining("already") },
        });
      });
      expect(await db.$count(users, eq(users.email, same.email))).toBe(1);
    }));

  it("keeps the password as Argon2id only", () =>
    withRollback(async (db) => {
      const somebodyNew = account();
      await signUp(db, visitor(), somebodyNew, "open");
      const [user] = await db.select().from(users).where(eq(users.email, somebodyNew.email));
      expect(user?.passwordHash).toMatch(/^\$argon2id\$/);
    }));
});
