import "server-only";
import { and, eq, inArray, isNull, lte } from "drizzle-orm";
import { messages, notificationChoices } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import type { Db } from "@/lib/db/types";
import type { MarkReadInput } from "./schema";
import { type Choice, isOn, isOnByDefault } from "./writing/channels";

/** Marks the actor's messages up to an instant as read; returns how many. Later ones were not on the page, and stay unread. */
export async function markRead(db: Db, actor: Actor, { until }: MarkReadInput): Promise<number> {
  return changeWith(db, actor, async (tx) => {
    const read = await tx
      .update(messages)
      .set({ readAt: new Date() })
      .where(
        and(
          eq(messages.userId, actor.userId),
          isNull(messages.readAt),
          lte(messages.createdAt, new Date(until)),
        ),
      )
      .returning({ id: messages.id });
    if (read.length === 0) return unchanged(0);
    return changed(
      { event: "user.inbox-read", subjectId: actor.userId, details: { messages: read.length } },
      read.length,
    );
  });
}

/**
 * Stores the actor's choices for all kinds of the named channels; other channels keep theirs. Only what differs from
 * the default is stored, so that a later version's defaults reach who left them alone. Returns how many changed.
 */
export async function chooseChannels(db: Db, actor: Actor, choices: readonly Choice[]): Promise<number> {
  return changeWith(db, actor, async (tx) => {
    const isOwn = eq(notificationChoices.userId, actor.userId);
    const before = await tx.select().from(notificationChoices).where(isOwn).for("update");
    const changes = choices.filter(
      ({ kind, channel, ...chosen }) => isOn(before, kind, channel) !== chosen.isOn,
    );
    if (changes.length === 0) return unchanged(0);
    const named = [...new Set(choices.map(({ channel }) => channel))];
    await tx.delete(notificationChoices).where(and(isOwn, inArray(notificationChoices.channel, named)));
    const kept = choices.filter(
      ({ kind, channel, ...chosen }) => isOnByDefault(kind, channel) !== chosen.isOn,
    );
    if (kept.length > 0) {
      const rows = kept.map((choice) => ({ ...choice, userId: actor.userId }));
      // Of two pages that save at once, the second may meet the first one's rows.
      await tx.insert(notificationChoices).values(rows).onConflictDoNothing();
    }
    return changed(
      { event: "user.notifications-chosen", subjectId: actor.userId, details: { changes: changes.length } },
      changes.length,
    );
  });
}
