import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { notices } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { recordEvent } from "@/lib/audit/record";
import type { Db } from "@/lib/db/types";
import { notFound } from "@/lib/errors";

/** Keeps that the actor has seen a notice of theirs, which is shown no more. NOT_FOUND for one that is seen, absent or another's. */
export async function dismissNotice(db: Db, actor: Actor, noticeId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [seen] = await tx
      .update(notices)
      .set({ seenAt: new Date() })
      .where(and(eq(notices.id, noticeId), eq(notices.userId, actor.userId), isNull(notices.seenAt)))
      .returning({ kind: notices.kind });
    if (!seen) throw notFound("notice");
    await recordEvent(tx, actor, {
      event: "user.notice-seen",
      subjectId: actor.userId,
      details: { notice: seen.kind },
    });
  });
}
