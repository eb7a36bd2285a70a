import "server-only";
import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { calendars } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import { hashCalendarToken } from "@/lib/auth/calendar-actor";
import type { Db } from "@/lib/db/types";

/** Makes the actor's calendar address, in place of an earlier one, and returns its token, which is not stored. */
export async function makeCalendar(db: Db, actor: Actor): Promise<string> {
  const { userId } = actor;
  return changeWith(db, actor, async (tx) => {
    const token = randomBytes(32).toString("base64url");
    const made = { tokenHash: hashCalendarToken(token), madeAt: new Date(), readAt: null };
    await tx
      .insert(calendars)
      .values({ userId, ...made })
      .onConflictDoUpdate({ target: calendars.userId, set: made });
    return changed({ event: "user.calendar-made", subjectId: userId, details: {} }, token);
  });
}

/** Ends the actor's calendar address, if there is one. */
export async function revokeCalendar(db: Db, actor: Actor): Promise<void> {
  const { userId } = actor;
  await changeWith(db, actor, async (tx) => {
    const revoked = await tx.delete(calendars).where(eq(calendars.userId, userId)).returning();
    if (revoked.length === 0) return unchanged();
    return changed({ event: "user.calendar-revoked", subjectId: userId, details: {} });
  });
}
