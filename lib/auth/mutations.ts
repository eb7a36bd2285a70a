import "server-only";
import { eq, sql } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import type { Actor, Visitor } from "@/lib/actor";
import { recordEvent } from "@/lib/audit/record";
import { Secret } from "@/lib/crypto/secret";
import type { Db, Tx } from "@/lib/db/client";
import { advisoryLocks } from "@/lib/db/locks";
import { violatesUnique } from "@/lib/db/violations";
import type { Environment } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { consume, forgive, signInLimit, signUpLimit, tryConsume } from "@/lib/rate-limit";
import { hashPassword, verifyPassword } from "./passwords";
import type { SignInInput, SignUpInput } from "./schema";
import { openSession, revokeSession } from "./sessions";

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
      const token = await openSession(tx, user.id);
      await recordEvent(tx, visitor, { event: "user.signed-up", subjectId: user.id, details: { role } });
      return token;
    });
  } catch (error) {
    if (violatesUnique(error, "users_email_unique")) throw emailTaken();
    throw error;
  }
}

/** What a sign-in attempt comes to: a session's token, or one answer for every way of being wrong. */
export type SignInOutcome =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly reason: "not-accepted" | "rate-limited" };

/** Opens a session for the right email and password. Known, unknown and disabled accounts are answered alike, in words and time. */
export async function signIn(db: Db, visitor: Visitor, input: SignInInput): Promise<SignInOutcome> {
  // A point is used up before the password is looked at, so that parallel guesses cannot slip under the limit.
  const allowance = await tryConsume(db, signInLimit, input.email);
  if (!allowance.ok) {
    // One event for each time that guessing was stopped: a flood must not fill the log, which cannot be emptied.
    if (allowance.isFirst) await recordFailure(db, visitor, null, "rate-limited");
    return { ok: false, reason: "rate-limited" };
  }
  const [user] = await db
    .select({ id: users.id, passwordHash: users.passwordHash, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.email, input.email))
    .limit(1);
  const accepted = await verifyPassword(user?.passwordHash ?? null, Secret.of(input.password));
  if (!user || !accepted || user.disabledAt) {
    await recordFailure(db, visitor, user?.id ?? null, "not-accepted");
    return { ok: false, reason: "not-accepted" };
  }
  await forgive(db, signInLimit, input.email);
  const token = await db.transaction(async (tx) => {
    const opened = await openSession(tx, user.id);
    await recordEvent(tx, visitor, { event: "user.signed-in", subjectId: user.id, details: {} });
    return opened;
  });
  return { ok: true, token };
}

/** Ends the actor's own session. */
export async function signOut(db: Db, actor: Actor): Promise<void> {
  await db.transaction(async (tx) => {
    await revokeSession(tx, actor.sessionId);
    await recordEvent(tx, actor, { event: "user.signed-out", subjectId: actor.userId, details: {} });
  });
}

async function recordFailure(
  db: Db,
  visitor: Visitor,
  userId: string | null,
  reason: "not-accepted" | "rate-limited",
): Promise<void> {
  await db.transaction((tx) =>
    recordEvent(tx, visitor, { event: "user.sign-in-failed", subjectId: userId, details: { reason } }),
  );
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
