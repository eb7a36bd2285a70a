import "server-only";
import { eq, sql } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import type { Actor, Visitor } from "@/lib/actor";
import { recordEvent } from "@/lib/audit/record";
import { lockAdministrators } from "@/lib/auth/administrators";
import { hashPassword } from "@/lib/auth/passwords";
import { openSession, revokeSessionsOf } from "@/lib/auth/sessions";
import { Secret } from "@/lib/crypto/secret";
import type { Db, Tx } from "@/lib/db/client";
import { advisoryLocks } from "@/lib/db/locks";
import { violatesUnique } from "@/lib/db/violations";
import type { Environment } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import { consume, signUpLimit } from "@/lib/rate-limit";
import type { ChangeRoleInput, SignUpInput } from "./schema";

/** Makes an account and opens its first session; returns the session's token. The first account becomes portal administrator. */
export async function signUp(
  db: Db,
  visitor: Visitor,
  input: SignUpInput,
  policy: Environment["SIGN_UP"],
): Promise<string> {
  if (policy !== "open" && !(await isFirstAccount(db))) throw signUpClosed(policy);
  await consume(db, signUpLimit, "everyone");
  const passwordHash = await hashPassword(Secret.of(input.password));
  try {
    return await db.transaction(async (tx) => {
      // Sign-ups queue here, so that exactly one of them is the first.
      await tx.execute(sql`select pg_advisory_xact_lock(${advisoryLocks.firstAccount})`);
      const role = (await isFirstAccount(tx)) ? "administrator" : "member";
      if (role === "member" && policy !== "open") throw signUpClosed(policy);
      const [user] = await tx
        .insert(users)
        .values({ name: input.name, email: input.email, passwordHash, role })
        .returning({ id: users.id });
      if (!user) throw new Error("the new user was not returned");
      const token = await openSession(tx, user.id, visitor);
      await recordEvent(tx, visitor, { event: "user.signed-up", subjectId: user.id, details: { role } });
      return token;
    });
  } catch (error) {
    if (violatesUnique(error, "users_email_unique")) throw emailTaken();
    throw error;
  }
}

/** Keeps somebody out until they are enabled again, and ends their sessions; returns how many. For portal administrators. */
export async function disablePerson(db: Db, actor: Actor, personId: string): Promise<number> {
  return db.transaction(async (tx) => {
    const person = await lockOther(tx, actor, personId);
    if (person.disabledAt) throw changedMeanwhile();
    await tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, personId));
    const endedSessions = await revokeSessionsOf(tx, personId);
    await recordEvent(tx, actor, {
      event: "user.disabled",
      subjectId: personId,
      details: { endedSessions },
    });
    return endedSessions;
  });
}

/** Lets somebody sign in again. For portal administrators. */
export async function enablePerson(db: Db, actor: Actor, personId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const person = await lockOther(tx, actor, personId);
    if (!person.disabledAt) throw changedMeanwhile();
    await tx.update(users).set({ disabledAt: null }).where(eq(users.id, personId));
    await recordEvent(tx, actor, { event: "user.enabled", subjectId: personId, details: {} });
  });
}

/**
 * Gives somebody another role in the portal and ends their sessions, so that none goes on under the old one; returns how
 * many. For portal administrators.
 */
export async function changeRole(db: Db, actor: Actor, { personId, role }: ChangeRoleInput): Promise<number> {
  return db.transaction(async (tx) => {
    const person = await lockOther(tx, actor, personId);
    if (person.role === role) throw changedMeanwhile();
    await tx.update(users).set({ role }).where(eq(users.id, personId));
    const endedSessions = await revokeSessionsOf(tx, personId);
    await recordEvent(tx, actor, {
      event: "user.role-changed",
      subjectId: personId,
      details: { role, endedSessions },
    });
    return endedSessions;
  });
}

/** Ends all sessions of somebody; returns how many. For portal administrators. */
export async function signOutEverywhere(db: Db, actor: Actor, personId: string): Promise<number> {
  return db.transaction(async (tx) => {
    await lockOther(tx, actor, personId);
    const endedSessions = await revokeSessionsOf(tx, personId);
    await recordEvent(tx, actor, {
      event: "user.sessions-ended",
      subjectId: personId,
      details: { which: "all", endedSessions },
    });
    return endedSessions;
  });
}

/**
 * Locks the account that an administrator is about to change: never their own. Since whoever changes one is an enabled
 * administrator and stays it, the portal can never lose its last one. NOT_FOUND to everybody else.
 */
async function lockOther(tx: Tx, actor: Actor, personId: string) {
  await lockAdministrators(tx, actor, "person");
  if (personId === actor.userId) {
    throw new AppError({
      code: "NOT_ALLOWED",
      message: "You cannot do this to your own account. Another portal administrator can.",
    });
  }
  const [person] = await tx
    .select({ role: users.role, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.id, personId))
    .for("no key update");
  if (!person) throw notFound("person");
  return person;
}

async function isFirstAccount(db: Db | Tx): Promise<boolean> {
  const [anyone] = await db.select({ id: users.id }).from(users).limit(1);
  return anyone === undefined;
}

function signUpClosed(policy: Environment["SIGN_UP"]): AppError {
  const message =
    policy === "invite"
      ? "New accounts need an invitation. Ask your portal's administrator for one."
      : "This portal takes no new accounts. Ask your portal's administrator.";
  return new AppError({ code: "NOT_ALLOWED", message });
}

function emailTaken(): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "Some fields need your attention.",
    fieldErrors: { email: "There is already an account with this email address. Sign in instead." },
  });
}

function changedMeanwhile(): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "This account was changed meanwhile. Load the page again to see how it is now.",
  });
}
