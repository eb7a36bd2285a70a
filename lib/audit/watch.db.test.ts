import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { auditEvents, auditHeads } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import { log } from "@/lib/log";
import { aVisitor, somebody } from "@/lib/testing/actors";
import { ownDatabase, withRollback } from "@/lib/testing/database";
import { beginToKnowHead, headText } from "./known-head";
import { recordEvent } from "./record";
import { verifyAuditLog } from "./verify";
import { beginAuditLog, tellHead } from "./watch";

const holder: typeof globalThis & { latchkeyKnownHead?: unknown } = globalThis;
const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  const keep = (first: unknown, words?: string) =>
    void said.push(words ?? (typeof first === "string" ? first : JSON.stringify(first)));
  vi.spyOn(log(), "error").mockImplementation(keep);
  vi.spyOn(log(), "info").mockImplementation((fields: unknown) => keep(fields));
});
afterEach(() => {
  delete holder.latchkeyKnownHead;
});

const wentBackWords =
  "the audit log went back behind an event that this process has seen: run npm run audit:verify";

function record(db: Db): Promise<void> {
  const details = { reason: "not-accepted" } as const;
  return db.transaction((tx) =>
    recordEvent(tx, aVisitor(), { event: "user.sign-in-failed", subjectId: null, details }),
  );
}

async function headOf(db: Db) {
  const [head] = await db.select().from(auditHeads);
  if (!head) throw new Error("there is no head");
  return head;
}

/** Acts as an owner of the tables with a copy of an older head. */
async function cutBackTo(db: Db, older: typeof auditHeads.$inferSelect): Promise<void> {
  await db.execute(sql`alter table audit_events disable trigger all`);
  await db.delete(auditEvents).where(sql`id > ${older.sequence}`);
  await db.execute(sql`alter table audit_events enable trigger all`);
  const { only: _only, ...columns } = older;
  await db.update(auditHeads).set(columns);
}

describe("a running process", () => {
  it("reports a log that goes back behind its own writes, and the next event records that for ever", async () => {
    const db = await ownDatabase();
    beginToKnowHead();
    await record(db);
    const older = await headOf(db);
    await record(db);
    await record(db);
    await cutBackTo(db, older);
    expect((await verifyAuditLog(db)).findings).toEqual([]);
    await record(db);
    expect(said).toContain(wentBackWords);
    expect((await verifyAuditLog(db)).findings).toMatchObject([
      { words: "Before event 2 was written, the head was changed or removed." },
    ]);
    said.length = 0;
    await record(db);
    expect(said).toEqual([]);
  });

  it("reports a log that is emptied together with its head", async () => {
    const db = await ownDatabase();
    beginToKnowHead();
    await record(db);
    await record(db);
    await db.execute(sql`alter table audit_events disable trigger all`);
    await db.execute(sql`alter table audit_heads disable trigger all`);
    await db.delete(auditEvents);
    await db.delete(auditHeads);
    await db.execute(sql`alter table audit_events enable trigger all`);
    await db.execute(sql`alter table audit_heads enable trigger all`);
    await record(db);
    expect(said).toContain(wentBackWords);
    expect((await verifyAuditLog(db)).findings).toMatchObject([
      { words: "Before event 1 was written, the head was changed or removed." },
    ]);
  });

  it("takes an event that was rolled back for nothing lost", async () => {
    const db = await ownDatabase();
    beginToKnowHead();
    await record(db);
    for (let round = 0; round < 3; round += 1) {
      await db
        .transaction(async (tx) => {
          const details = { reason: "not-accepted" } as const;
          const event = { event: "user.sign-in-failed", subjectId: null, details } as const;
          await recordEvent(tx, aVisitor(), event);
          await recordEvent(tx, aVisitor(), event);
          throw new Error("rolled back");
        })
        .catch(() => undefined);
      await record(db);
    }
    expect(said).toEqual([]);
    expect(await verifyAuditLog(db)).toMatchObject({ chained: 4, findings: [] });
  });

  it("puts the head into its log once an hour, and says when the table has gone back meanwhile", async () => {
    const db = await ownDatabase();
    beginToKnowHead();
    await record(db);
    const older = await headOf(db);
    await record(db);
    // Another event, so that the one before it is known to have been committed.
    await record(db);
    await tellHead(db);
    expect(said).toEqual([expect.stringContaining(`"auditHead":"${headText(await headOf(db))}"`)]);
    await cutBackTo(db, older);
    await tellHead(db);
    expect(said).toContain(wentBackWords);
  });
});

describe("the log of a portal", () => {
  it("begins with its keys, once, however many processes start", async () => {
    const db = await ownDatabase();
    await Promise.all([1, 2, 3].map(() => beginAuditLog(db)));
    await beginAuditLog(db);
    expect(await db.select({ event: auditEvents.event }).from(auditEvents)).toEqual([
      { event: "keys.created" },
    ]);
    expect((await verifyAuditLog(db)).findings).toEqual([]);
  });

  it("is not begun again if accounts exist: its emptiness is logged and stays detectable", () =>
    withRollback(async (db) => {
      await somebody(db);
      await beginAuditLog(db);
      expect(said).toEqual(["the audit log is empty though accounts exist: run npm run audit:verify"]);
      expect(await db.$count(auditEvents, eq(auditEvents.event, "keys.created"))).toBe(0);
    }));
});
