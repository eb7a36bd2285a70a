import { asc, eq, sql } from "drizzle-orm";
import { messages } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { FailedOutcome, FailureReason } from "@/lib/connectors/types";
import type { Db } from "@/lib/db/types";
import type { News } from "@/lib/notifications/news";

/** What a user was told, oldest first. */
export async function newsOf(db: Db, { userId }: Pick<Actor, "userId">): Promise<News[]> {
  const rows = await db
    .select({ news: messages.news })
    .from(messages)
    .where(eq(messages.userId, userId))
    .orderBy(asc(messages.createdAt), sql`ctid`);
  return rows.map(({ news }) => news);
}

/** The kinds of what a user was told, oldest first. */
export async function kindsOf(db: Db, actor: Pick<Actor, "userId">): Promise<string[]> {
  return (await newsOf(db, actor)).map(({ kind }) => kind);
}

/** The outcome of a check that failed for this reason. */
export function failedFor(reason: FailureReason): FailedOutcome {
  return { kind: "failed", step: "signedIn", reason, steps: [] };
}
