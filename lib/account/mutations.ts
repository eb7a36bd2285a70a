import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { sessions, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, recordAlone } from "@/lib/audit/change";
import { issueDevice } from "@/lib/auth/known-device";
import { hashPassword, verifyPassword } from "@/lib/auth/passwords";
import { isLive, revokeSession, revokeSessionsOf } from "@/lib/auth/sessions";
import { enterAsKnown, lineIsFull } from "@/lib/auth/sign-in-line";
import type { Db } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";
import { writeMessage } from "@/lib/notifications/writing/write";
import { endOpenResets } from "@/lib/password-resets/live-reset";
import { forgive, passwordChangeLimit, tooManyAttempts, tryConsume } from "@/lib/rate-limit";
import { Secret } from "@/lib/secret";
import type { ChangePasswordInput, RenameInput } from "./schema";

/** Changes the actor's name. */
export async function renameSelf(db: Db, actor: Actor, { name }: RenameInput): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    await tx.update(users).set({ name }).where(eq(users.id, actor.userId));
    return changed({ event: "user.renamed", subjectId: actor.userId, details: { name } });
  });
}

/** The result of a password change: how many other sessions ended, and this browser's new device token. */
export type PasswordChanged = { readonly endedSessions: number; readonly device: string };

/**
 * Changes the actor's password and ends all their other sessions; devices that knew the old one count as unknown
 * again. Wrong current passwords are limited as strictly as at the sign-in, but counted apart from it, so that
 * attacks on the account do not keep its owner from this: INVALID_INPUT at the field if it is wrong, RATE_LIMITED
 * after too many.
 */
export async function changePassword(
  db: Db,
  actor: Actor,
  input: ChangePasswordInput,
): Promise<PasswordChanged> {
  const allowance = await tryConsume(db, passwordChangeLimit, actor.userId);
  if (!allowance.ok) {
    if (allowance.isFirst) await recordFailure(db, actor, "rate-limited");
    throw tooManyAttempts(allowance.seconds);
  }
  const place = await enterAsKnown(actor.userId);
  if (!place) throw lineIsFull();
  try {
    return await replacePassword(db, actor, input);
  } finally {
    place.leave();
  }
}

async function replacePassword(db: Db, actor: Actor, input: ChangePasswordInput): Promise<PasswordChanged> {
  const [user] = await db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, actor.userId));
  const known = user?.passwordHash ?? null;
  if (!known || !(await verifyPassword(known, Secret.of(input.currentPassword))).isRight) {
    await recordFailure(db, actor, "not-accepted");
    throw new AppError({
      code: "INVALID_INPUT",
      message: "Some fields need your attention.",
      fieldErrors: { currentPassword: "This is not your password. Type the one you signed in with." },
    });
  }
  await forgive(db, passwordChangeLimit, actor.userId);
  const passwordHash = await hashPassword(Secret.of(input.newPassword));
  const endedSessions = await changeWith(db, actor, async (tx) => {
    const written = await tx
      .update(users)
      .set({ passwordHash })
      // Replaces only the password that was verified: of two changes at once, the second fails.
      .where(and(eq(users.id, actor.userId), eq(users.passwordHash, known)))
      .returning({ id: users.id });
    if (written.length === 0) throw changedMeanwhile();
    // A user who knows the password needs no reset link, and a link must not undo the new one.
    await endOpenResets(tx, actor.userId);
    const ended = await revokeSessionsOf(tx, actor.userId, actor.sessionId);
    const news = { kind: "password-changed", how: "by-user" } as const;
    await writeMessage(tx, [actor.userId], { eventKey: `password:${randomUUID()}`, news });
    return changed(
      {
        event: "user.password-changed",
        subjectId: actor.userId,
        details: { endedSessions: ended },
      },
      ended,
    );
  });
  return { endedSessions, device: await issueDevice({ email: actor.email, passwordHash }) };
}

/** Ends one of the actor's sessions; NOT_FOUND for one that has ended, is absent or belongs to another user. */
export async function endSession(db: Db, actor: Actor, sessionId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const [own] = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, actor.userId), isLive()))
      .for("update");
    if (!own) throw notFound("session");
    await revokeSession(tx, own.id);
    return changed({
      event: "user.sessions-ended",
      subjectId: actor.userId,
      details: { which: "one", endedSessions: 1 },
    });
  });
}

/** Ends all of the actor's sessions except the current one; returns how many. */
export async function endOtherSessions(db: Db, actor: Actor): Promise<number> {
  return changeWith(db, actor, async (tx) => {
    const endedSessions = await revokeSessionsOf(tx, actor.userId, actor.sessionId);
    return changed(
      {
        event: "user.sessions-ended",
        subjectId: actor.userId,
        details: { which: "others", endedSessions },
      },
      endedSessions,
    );
  });
}

async function recordFailure(db: Db, actor: Actor, reason: "not-accepted" | "rate-limited"): Promise<void> {
  await recordAlone(db, actor, {
    event: "user.password-change-failed",
    subjectId: actor.userId,
    details: { reason },
  });
}

function changedMeanwhile(): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "Your password was changed elsewhere meanwhile. Sign in with that one.",
  });
}
