import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { notices } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith } from "@/lib/audit/change";
import type { Db } from "@/lib/db/types";
import { notFound } from "@/lib/errors";

/** Marks a notice of the actor's as seen; it is not shown again. NOT_FOUND for one that is seen, absent or another user's. */
export async function dismissNotice(db: Db, actor: Actor, noticeId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const [seen] = await tx
      .update(notices)
      .set({ seenAt: new Date() })
      .where(and(eq(notices.id, noticeId), eq(notices.userId, actor.userId), isNull(notices.seenAt)))
      .returning({ kind: notices.kind });
    if (!seen) throw notFound("notice");
    return changed({
      event: "user.notice-seen",
      subjectId: actor.userId,
      details: { notice: seen.kind },
    });
  });
}
