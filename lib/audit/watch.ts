import "server-only";
import { randomUUID } from "node:crypto";
import { eq, isNull, sql } from "drizzle-orm";
import { auditEvents, auditHeads, dataKeys, users } from "@/drizzle/schema";
import { advisoryLocks } from "@/lib/db/locks";
import type { Db } from "@/lib/db/types";
import { log } from "@/lib/log";
import { changed, changeWith, unchanged } from "./change";
import { headText, knownHead, reaches, sayThatItWentBack } from "./known-head";

/**
 * Begins the log of a new portal with its keys, so that an empty log means that it was emptied. If accounts exist, it
 * writes nothing and logs a warning. However many processes call it, it writes one event.
 */
export async function beginAuditLog(db: Db): Promise<void> {
  if (!(await isEmpty(db))) return;
  const start = { requestId: randomUUID(), origin: { via: "terminal", address: null } } as const;
  await changeWith(db, start, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${advisoryLocks.auditHead})`);
    if (!(await isEmpty(tx))) return unchanged();
    if ((await tx.$count(users)) > 0) {
      log().error("the audit log is empty though accounts exist: run npm run audit:verify");
      return unchanged();
    }
    const [current] = await tx.select({ id: dataKeys.id }).from(dataKeys).where(isNull(dataKeys.retiredAt));
    if (!current) throw new Error("There is no current data key: the keys have not been verified yet.");
    return changed({ event: "keys.created", subjectId: current.id, details: {} });
  });
}

async function isEmpty(db: Pick<Db, "$count">): Promise<boolean> {
  return (await db.$count(auditEvents)) === 0 && (await db.$count(auditHeads)) === 0;
}

/**
 * Writes the newest head to the process's log, which the database's owner cannot change afterwards. Compares it with
 * what this process knows, and reports a table that has gone back.
 */
export async function tellHead(db: Db): Promise<void> {
  // Read before the table: an event written in between only takes the table further.
  const known = knownHead();
  const [head] = await db.select().from(auditHeads);
  if (known && !(await holds(db, head ?? null, known))) sayThatItWentBack(head ?? null, known);
  if (head) log().info({ auditHead: headText(head), at: head.at.toISOString() }, "head of the audit log");
}

async function holds(
  db: Db,
  head: typeof auditHeads.$inferSelect | null,
  known: NonNullable<ReturnType<typeof knownHead>>,
): Promise<boolean> {
  if (!reaches(head, known)) return false;
  const [row] = await db
    .select({ mac: auditEvents.mac })
    .from(auditEvents)
    .where(eq(auditEvents.id, known.sequence));
  return row?.mac?.equals(known.mac) ?? false;
}
