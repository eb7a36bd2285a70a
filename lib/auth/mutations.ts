import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import type { Actor, Visitor } from "@/lib/actor";
import { recordEvent } from "@/lib/audit/record";
import { Secret } from "@/lib/crypto/secret";
import type { Db } from "@/lib/db/client";
import { forgive, signInLimit, tryConsume } from "@/lib/rate-limit";
import { verifyPassword } from "./passwords";
import type { SignInInput } from "./schema";
import { openSession, revokeSession } from "./sessions";

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
  const token = await db.transaction(async (tx) => {
    // Looked at once more and held: a password that was changed, or an account that was disabled, while the hash was
    // being computed must not leave a session behind that nobody ends.
    const [still] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.id, user.id), eq(users.passwordHash, user.passwordHash), isNull(users.disabledAt)))
      .for("share");
    if (!still) return null;
    const opened = await openSession(tx, user.id, visitor);
    await recordEvent(tx, visitor, { event: "user.signed-in", subjectId: user.id, details: {} });
    return opened;
  });
  if (!token) {
    await recordFailure(db, visitor, user.id, "not-accepted");
    return { ok: false, reason: "not-accepted" };
  }
  await forgive(db, signInLimit, input.email);
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
