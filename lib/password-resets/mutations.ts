import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { passwordResets, users } from "@/drizzle/schema";
import type { Actor, Visitor } from "@/lib/actor";
import { changed, changeWith } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import { isStillAdministrator, lockOtherUser } from "@/lib/auth/administrators";
import { hashPassword } from "@/lib/auth/passwords";
import { revokeSessionsOf } from "@/lib/auth/sessions";
import type { Db } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";
import { tellAdministrators, tellTeamsOf, tellUser } from "@/lib/notices/tell";
import { writeMessage } from "@/lib/notifications/writing/write";
import { Secret } from "@/lib/secret";
import { endOpenResets, findLiveReset, isLiveReset, newResetToken, resetHours } from "./live-reset";

/**
 * Creates a link that sets one account's password, once, within a day; returns its token, which is not stored. It
 * replaces the previous link, and the account's owner is notified. For portal administrators, otherwise NOT_FOUND;
 * NOT_ALLOWED for their own account, CONFLICT for a disabled one.
 */
export async function makeReset(db: Db, actor: Actor, userId: string): Promise<string> {
  return changeWith(db, actor, async (tx) => {
    // A stolen session must not be enough to take over the account.
    const aboutOwn = "This is your own account. Change its password on the page Your account.";
    const user = await lockOtherUser(tx, actor, userId, aboutOwn);
    if (user.disabledAt) {
      throw new AppError({
        code: "CONFLICT",
        message: "This account is disabled, so a new password would give no access. Enable it first.",
      });
    }
    await endOpenResets(tx, userId);
    const { token, tokenHash } = newResetToken();
    const expiresAt = new Date(Date.now() + resetHours * 60 * 60 * 1000);
    const [made] = await tx
      .insert(passwordResets)
      .values({ tokenHash, userId: userId, madeBy: actor.userId, expiresAt })
      .returning({ id: passwordResets.id });
    if (!made) throw new Error("the new link was not returned");
    await tellUser(tx, userId, { kind: "reset-link-made", byId: actor.userId });
    // An administrator who takes over another's account acts under that name in the log.
    if (user.role === "administrator") {
      const kind = "administrator-reset-link-made";
      await tellAdministrators(tx, { kind, aboutId: userId, byId: actor.userId });
    }
    return changed(
      {
        event: "user.reset-link-made",
        subjectId: userId,
        details: { resetId: made.id, hours: resetHours },
      },
      token,
    );
  });
}

/** Revokes an open link. For the account's user and portal administrators; NOT_FOUND for all others, and if it is not open. */
export async function revokeReset(db: Db, actor: Actor, resetId: string): Promise<string> {
  return changeWith(db, actor, async (tx) => {
    const isAdministrator = await isStillAdministrator(tx, actor);
    const [revoked] = await tx
      .update(passwordResets)
      .set({ revokedAt: new Date() })
      .where(
        and(
          eq(passwordResets.id, resetId),
          isLiveReset(),
          isAdministrator ? undefined : eq(passwordResets.userId, actor.userId),
        ),
      )
      .returning({ userId: passwordResets.userId });
    if (!revoked) throw notFound("link");
    return changed(
      {
        event: "user.reset-link-revoked",
        subjectId: revoked.userId,
        details: { resetId },
      },
      revoked.userId,
    );
  });
}

/**
 * Sets the password of a link's account, and ends all its sessions; opens none. Notifies the user, at the next
 * sign-in, and the owners of their teams. NOT_ALLOWED if the link is invalid, whatever the reason.
 */
export async function resetPassword(
  db: Db,
  visitor: Visitor,
  { token, newPassword }: { token: string; newPassword: string },
): Promise<void> {
  // Checked before hashing: a hash costs more than this query, and a client without a link gets none.
  if (!(await findLiveReset(db, token))) throw deadLink();
  const passwordHash = await hashPassword(Secret.of(newPassword));
  await changeWith(db, visitor, async (tx) => {
    const link = await findLiveReset(tx, token);
    if (!link) throw deadLink();
    const { id, userId, madeBy } = link;
    // Locks the account first, as disabling it does; then the link is verified again.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
    const used = await tx
      .update(passwordResets)
      .set({ usedAt: new Date() })
      .where(and(eq(passwordResets.id, id), isLiveReset(), isNull(passwordResets.usedAt)))
      .returning({ id: passwordResets.id });
    if (used.length === 0) throw deadLink();
    await tx.update(users).set({ passwordHash }).where(eq(users.id, userId));
    const endedSessions = await revokeSessionsOf(tx, userId);
    await tellUser(tx, userId, { kind: "password-reset", byId: madeBy });
    const news = { kind: "password-changed", how: "by-link" } as const;
    await writeMessage(tx, [userId], { eventKey: `reset:${id}`, news });
    const theirTeams = await tellTeamsOf(tx, { kind: "team-member-reset", aboutId: userId, byId: madeBy });
    const reset: AuditEvent = {
      event: "user.password-reset",
      subjectId: userId,
      details: { resetId: id, madeById: madeBy, endedSessions },
    };
    const inTeams = theirTeams.map(
      (subjectId): AuditEvent => ({ event: "team.member-reset", subjectId, details: { userId } }),
    );
    return changed([reset, ...inTeams]);
  });
}

function deadLink(): AppError {
  return new AppError({
    code: "NOT_ALLOWED",
    message: "This link does not work any more. Ask a portal administrator for a new one.",
  });
}
