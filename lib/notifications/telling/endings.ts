import "server-only";
import { eq, sql } from "drizzle-orm";
import { credentials, endings, servers } from "@/drizzle/schema";
import type { Db, Tx } from "@/lib/db/types";
import type { EndingStage } from "@/lib/notifications/news";
import { tell } from "./tell";

/** What ends: the API key of a credential, or a server's certificate. */
type Subject = { readonly credentialId: string } | { readonly serverId: string };

/** An end that has passed for longer is not told any more: it would surprise nobody. */
const toldAfterDays = 30;

/** The stage of an end: at most so many days are left. Null while it is further away. */
const stageNow = sql<EndingStage | null>`case
  when ${endings.endsAt} <= now() then 0
  when ${endings.endsAt} <= now() + interval '1 day' then 1
  when ${endings.endsAt} <= now() + interval '7 days' then 7
  when ${endings.endsAt} <= now() + interval '30 days' then 30 end`;

// now(), because an index is not searched for what clock_timestamp() returns.
const isDue = sql`${endings.endsAt} <= now() + interval '30 days'
  and ${endings.endsAt} > now() - ${toldAfterDays} * interval '1 day'
  and (${stageNow}) < coalesce(${endings.toldStage}, 31)`;

/** Notes when a key or certificate ends; null: it is not known, or it does not end. A new end is told anew. */
export async function noteEnding(tx: Tx, subject: Subject, endsAt: Date | null): Promise<void> {
  const [column, id] =
    "credentialId" in subject
      ? ([endings.credentialId, subject.credentialId] as const)
      : ([endings.serverId, subject.serverId] as const);
  if (endsAt === null) {
    await tx.delete(endings).where(eq(column, id));
    return;
  }
  await tx
    .insert(endings)
    .values({ ...subject, endsAt })
    .onConflictDoUpdate({
      target: column,
      set: { endsAt, toldStage: null },
      setWhere: sql`${endings.endsAt} <> excluded.ends_at`,
    });
}

/** The end of a day that a user entered: a key counts until then. */
export function endOfDay(day: string | null): Date | null {
  return day === null ? null : new Date(Date.parse(day) + 24 * 60 * 60 * 1000);
}

/** The statement for the ends that came nearer than they were told, soonest first. */
export function endingsDue(db: Db, limit: number) {
  return db.select({ id: endings.id }).from(endings).where(isDue).orderBy(endings.endsAt).limit(limit);
}

/** Tells one end, once for each stage. */
export async function tellEnding(tx: Tx, id: string): Promise<void> {
  const [due] = await tx
    .update(endings)
    .set({ toldStage: stageNow })
    .where(sql`${endings.id} = ${id} and ${isDue}`)
    .returning();
  if (!due || due.toldStage === null) return;
  const at = due.endsAt.toISOString();
  // The column is of integers, and the statement above set one of the stages.
  const stage = due.toldStage as EndingStage;
  const eventKey = `ends:${due.credentialId ?? due.serverId}:${at}:${stage}`;
  if (due.credentialId) {
    const [credential] = await tx
      .select({ name: credentials.name, server: servers.baseUrl })
      .from(credentials)
      .innerJoin(servers, eq(servers.id, credentials.serverId))
      .where(eq(credentials.id, due.credentialId));
    if (!credential) return;
    await tell(tx, {
      eventKey,
      news: { kind: "key-ends", at, stage, ...credential },
      about: { credentialId: due.credentialId },
    });
  } else if (due.serverId) {
    const [server] = await tx
      .select({ server: servers.baseUrl })
      .from(servers)
      .where(eq(servers.id, due.serverId));
    if (!server) return;
    await tell(tx, {
      eventKey,
      news: { kind: "certificate-ends", at, stage, ...server },
      about: { serverId: due.serverId },
    });
  }
}
