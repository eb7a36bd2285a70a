import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { users } from "@/drizzle/schema";
import { signIn } from "@/lib/auth/mutations";
import { emailSchema, signInSchema } from "@/lib/auth/schema";
import type { Db } from "@/lib/db/types";
import { inviteToTeamSchema } from "@/lib/invitations/schema";
import { addMember, addTeam } from "@/lib/teams/mutations";
import { addMemberSchema } from "@/lib/teams/schema";
import { aVisitor, somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { signUp } from "./mutations";
import { searchUsersAndTeams } from "./queries";
import { signUpSchema } from "./schema";

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

  it("shows an error at the field if the email has an account already, and makes no second one", () =>
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

  it.each([
    ["jane@тест.рф", "Jane@xn--e1aybc.xn--p1ai"],
    ["jane&joe@x.io", " JANE&JOE@X.IO "],
    ["o'neil+tag@example.photography", "O'Neil+Tag@example.photography"],
    ["JÜRGEN@bücher.example", "ju\u0308rgen@xn--bcher-kva.example"],
  ])(
    "as %s is one account with %s: for signing in, for teams, for whoever searches",
    (typed, otherSpelling) =>
      withRollback(async (db) => {
        const owner = await somebody(db);
        const { password } = account();
        await signUp(
          db,
          visitor(),
          await signUpSchema.parseAsync({ name: "Jane", email: typed, password }),
          "open",
        );
        const signedIn = await signIn(db, visitor(), signInSchema.parse({ email: otherSpelling, password }));
        expect(signedIn.ok).toBe(true);
        await db.transaction(async (nested) => {
          const again = await signUpSchema.parseAsync({ name: "Jane", email: otherSpelling, password });
          await expect(signUp(nested, visitor(), again, "open")).rejects.toMatchObject({ code: "CONFLICT" });
        });
        const teamId = await addTeam(db, owner, { name: "Team", description: "" });
        await addMember(db, owner, addMemberSchema.parse({ teamId, email: otherSpelling }));
        expect(inviteToTeamSchema.parse({ teamId, days: 7, invitedEmail: typed }).invitedEmail).toBe(
          emailSchema.parse(otherSpelling),
        );
        const found = await searchUsersAndTeams(db, owner, typed);
        expect(found.map(({ name }) => name)).toEqual(["Jane"]);
      }),
  );

  it("keeps the password as Argon2id only", () =>
    withRollback(async (db) => {
      const somebodyNew = account();
      await signUp(db, visitor(), somebodyNew, "open");
      const [user] = await db.select().from(users).where(eq(users.email, somebodyNew.email));
      expect(user?.passwordHash).toMatch(/^\$argon2id\$/);
    }));
});
