import { eq, sql } from "drizzle-orm";
import { credentials } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/**
 * For tests on a server: starts each write only after the earlier ones wait for the credential's row, which `grantee`
 * keeps locked until all of them wait, and then releases them in that order, which is PostgreSQL's own for a row's
 * waiters. `meanwhile` runs while all of them wait, and must not need a lock on the credential. Returns each write's
 * result. A write that waits for no lock never arrives, and the test runs into its time limit.
 */
export async function inThisOrder<Answers extends unknown[]>(
  grantee: Db,
  credentialId: string,
  writes: { [Index in keyof Answers]: () => Promise<Answers[Index]> },
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<PromiseSettledResult<Answers[number]>[]> {
  const started: Promise<Answers[number]>[] = [];
  await grantee.transaction(async (tx) => {
    const isIt = eq(credentials.id, credentialId);
    await tx.select({ id: credentials.id }).from(credentials).where(isIt).for("update");
    for (const write of writes) {
      const answer = write();
      // Its rejection is inspected below; until then, it must not count as unhandled.
      answer.catch(() => undefined);
      started.push(answer);
      // On another connection: inside a transaction, the server's activity stays as it was at the first query.
      await untilWaiting(grantee, started.length);
    }
    await meanwhile();
  });
  return Promise.allSettled(started);
}

async function untilWaiting(db: Db, wanted: number): Promise<void> {
  for (;;) {
    const [row] = await db
      .select({
        waiting: sql<number>`(select count(*)::int from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock')`,
      })
      .from(sql`(select 1) as one`);
    if ((row?.waiting ?? 0) >= wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
