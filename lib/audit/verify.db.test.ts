import { type SQL, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, auditHeads } from "@/drizzle/schema";
import { currentDataKey } from "@/lib/crypto/data-keys";
import { rotateDataKey } from "@/lib/crypto/rotate";
import type { Db } from "@/lib/db/types";
import { portalKeys } from "@/lib/portal/keys";
import { aVisitor, somebody } from "@/lib/testing/actors";
import { testRing } from "@/lib/testing/crypto";
import { withRollback } from "@/lib/testing/database";
import type { KeptHead } from "./lost-events";
import { recordEvent } from "./record";
import { verifyAuditLog } from "./verify";

async function recordMany(db: Db, count: number): Promise<void> {
  const details = { reason: "not-accepted" } as const;
  await db.transaction(async (tx) => {
    for (let round = 0; round < count; round += 1) {
      await recordEvent(tx, aVisitor(), { event: "user.sign-in-failed", subjectId: null, details });
    }
  });
}

/** Acts as the owner of the tables, whom nothing stops from changing rows. */
async function tamper(db: Db, ...statements: SQL[]): Promise<void> {
  await db.execute(sql`alter table audit_events disable trigger all`);
  await db.execute(sql`alter table audit_heads disable trigger all`);
  for (const statement of statements) await db.execute(statement);
  await db.execute(sql`alter table audit_events enable trigger all`);
  await db.execute(sql`alter table audit_heads enable trigger all`);
}

async function wordsOf(db: Db): Promise<string[]> {
  return (await verifyAuditLog(db)).findings.map(({ words }) => words);
}

// Numbers are unique, so rows change places by way of a number that nothing has.
const swap = (a: number, b: number) => [
  sql`update audit_events set id = -1 where id = ${a}`,
  sql`update audit_events set id = ${a} where id = ${b}`,
  sql`update audit_events set id = ${b} where id = -1`,
];
const pushOn = (from: number) => [
  sql`update audit_events set id = -id where id >= ${from}`,
  sql`update audit_events set id = 1 - id where id < 0`,
];
const copyOf = (id: number, to: number) =>
  sql`insert into audit_events (id, at, actor_id, via, session_id, address, event, subject_id, credential_id, details,
      request_id, data_key_id, mac) select ${to}::bigint, at, actor_id, via, session_id, address, event, subject_id,
      credential_id, details, request_id, data_key_id, mac from audit_events where id = ${id}`;
const broken = (number: number, how: string) =>
  `Event ${number} is the first broken one: it ${how}. Events after it were not judged.`;
const changedAt = (number: number) => broken(number, "is not as the portal wrote it");
const missingAt = (number: number) => broken(number, "is missing");

describe("verifying the audit log", () => {
  it("finds an untouched log intact, and names its head, also across a key rotation", () =>
    withRollback(async (db) => {
      await recordMany(db, 3);
      const ring = portalKeys().keyRing;
      await rotateDataKey(db, ring, (await currentDataKey(db, ring)).id);
      await recordMany(db, 2);
      const [newest] = await db.select().from(auditHeads);
      expect(await verifyAuditLog(db)).toMatchObject({
        chained: 5,
        unchained: 0,
        head: { sequence: 5, mac: newest?.mac },
        findings: [],
      });
    }));

  it("reads on past the end of a batch", () =>
    withRollback(async (db) => {
      // Older than the chain, so that the second batch of 500 begins inside the chain.
      await db.execute(sql`insert into audit_events (id, at, event, details, request_id)
        select number, now(), 'user.signed-in', '{}', 'x' from generate_series(1, 498) as number`);
      await recordMany(db, 5);
      expect(await verifyAuditLog(db)).toMatchObject({ unchained: 498, chained: 5, findings: [] });
    }));

  it.each<[string, SQL[], string[]]>([
    [
      "one edited row",
      [sql`update audit_events set details = '{"reason": "rate-limited"}' where id = 4`],
      [changedAt(4)],
    ],
    [
      "an edited instant",
      [sql`update audit_events set at = at - interval '1 hour' where id = 4`],
      [changedAt(4)],
    ],
    ["an edited newest row", [sql`update audit_events set address = null where id = 8`], [changedAt(8)]],
    [
      "an edited oldest row",
      [sql`update audit_events set actor_id = gen_random_uuid() where id = 1`],
      [changedAt(1)],
    ],
    ["one removed row", [sql`delete from audit_events where id = 4`], [missingAt(4)]],
    ["removed rows", [sql`delete from audit_events where id between 3 and 5`], [missingAt(3)]],
    ["the oldest removed", [sql`delete from audit_events where id < 3`], [missingAt(1)]],
    ["the newest removed", [sql`delete from audit_events where id = 8`], [missingAt(8)]],
    ["the tail removed", [sql`delete from audit_events where id > 5`], [missingAt(6)]],
    ["everything removed", [sql`delete from audit_events`], [missingAt(1)]],
    ["one inserted row", [...pushOn(4), copyOf(2, 4)], [changedAt(4)]],
    ["a row put after the newest", [copyOf(2, 9)], [changedAt(9)]],
    ["a row put before the start", [copyOf(2, 0)], [changedAt(0)]],
    ["a row in another's place", [sql`delete from audit_events where id = 4`, copyOf(2, 4)], [changedAt(4)]],
    ["two neighbours reordered", swap(4, 5), [changedAt(4)]],
    ["rows far apart reordered", swap(2, 7), [changedAt(2)]],
    ["a MAC taken away", [sql`update audit_events set mac = null where id = 4`], [changedAt(4)]],
    [
      "a head moved back to an earlier event",
      [
        sql`delete from audit_events where id > 5`,
        sql`update audit_heads set sequence = 5, mac = (select mac from audit_events where id = 5)`,
      ],
      ["The head was changed: it is not the portal's."],
    ],
    ["the head removed", [sql`delete from audit_heads`], ["The head is missing."]],
    [
      "rows declared older than the chain",
      [sql`update audit_events set mac = null where id <= 3`, sql`update audit_heads set starts_after = 3`],
      ["The head was changed: it is not the portal's."],
    ],
  ])("finds %s, with the first broken event named", (_what, statements, words) =>
    withRollback(async (db) => {
      await recordMany(db, 8);
      await tamper(db, ...statements);
      expect(await wordsOf(db)).toEqual(words);
    }),
  );

  it("56 verifying the audit log names the first broken event of several", () =>
    withRollback(async (db) => {
      await recordMany(db, 12);
      await tamper(
        db,
        sql`update audit_events set request_id = 'another' where id = 4`,
        sql`delete from audit_events where id = 6`,
        ...swap(8, 9),
        sql`delete from audit_events where id = 12`,
      );
      expect(await wordsOf(db)).toEqual([changedAt(4)]);
      expect(await verifyAuditLog(db)).toMatchObject({ chained: 10 });
    }));

  it.each<[string, SQL[], string]>([
    [
      "moved back",
      [
        sql`delete from audit_events where id > 5`,
        sql`update audit_heads set sequence = 5, mac = (select mac from audit_events where id = 5)`,
      ],
      "Before event 6 was written, the head was changed or removed.",
    ],
    [
      "removed",
      [sql`delete from audit_heads`],
      "Before event 9 was written, the head was changed or removed.",
    ],
    ["overtaken by a row of somebody else's", [copyOf(2, 9)], changedAt(9)],
  ])("a head that was %s stops nobody's work, and is found for ever after", (_what, statements, words) =>
    withRollback(async (db) => {
      await recordMany(db, 8);
      await tamper(db, ...statements);
      await recordMany(db, 3);
      expect(await wordsOf(db)).toEqual([words]);
    }),
  );

  it("judges the events that follow a refused head", () =>
    withRollback(async (db) => {
      await recordMany(db, 3);
      await tamper(db, sql`delete from audit_heads`);
      await recordMany(db, 3);
      await tamper(db, sql`update audit_events set request_id = 'another' where id = 5`);
      expect(await wordsOf(db)).toEqual([
        "Before event 4 was written, the head was changed or removed.",
        changedAt(5),
      ]);
    }));

  it("finds a log that was emptied together with its head, where keys or accounts exist", () =>
    withRollback(async (db) => {
      await recordMany(db, 8);
      await tamper(db, sql`delete from audit_events`, sql`delete from audit_heads`);
      expect(await wordsOf(db)).toEqual(["The log is empty, though the portal has made its keys."]);
      await somebody(db);
      expect(await wordsOf(db)).toEqual([
        "1 account exists without the event of being made: the log was emptied or cut, or they were put there by somebody else.",
      ]);
      // Going on as if nothing had happened hides nothing.
      await recordMany(db, 2);
      expect(await verifyAuditLog(db)).toMatchObject({ chained: 2, findings: [{ kind: "unrecorded" }] });
    }));

  it("detects a log that was cut back with its head, by a stored head", () =>
    withRollback(async (db) => {
      await recordMany(db, 5);
      const [older] = await db.select().from(auditHeads);
      if (!older) throw new Error("there is no head");
      await recordMany(db, 3);
      const [kept] = await db.select().from(auditHeads);
      if (!kept) throw new Error("there is no head");
      const wordsSince = async (since: KeptHead) =>
        (await verifyAuditLog(db, undefined, since)).findings.map(({ words }) => words);
      expect(await wordsSince(kept)).toEqual([]);
      expect(await wordsSince(older)).toEqual([]);

      const { only: _only, ...before } = older;
      await tamper(db, sql`delete from audit_events where id > 5`);
      await db.update(auditHeads).set(before);
      expect(await wordsOf(db)).toEqual([]);
      expect(await wordsSince(older)).toEqual([]);
      expect(await wordsSince(kept)).toEqual([
        "Event 8, which the kept head names, is gone: the log was cut back since.",
      ]);
      await recordMany(db, 4);
      expect(await wordsSince(kept)).toEqual([
        "Event 8 is not the one that the kept head names: the log was replaced since.",
      ]);
    }));

  it("counts events from before the chain, and refuses later ones without it", () =>
    withRollback(async (db) => {
      const older = (id: number) =>
        sql`insert into audit_events (id, at, event, details, request_id) values (${id}, now(), 'user.signed-in', '{}', 'x')`;
      for (const id of [1, 2, 4]) await db.execute(older(id));
      await recordMany(db, 3);
      expect(await verifyAuditLog(db)).toMatchObject({ unchained: 3, chained: 3, findings: [] });
      expect((await db.select().from(auditHeads))[0]).toMatchObject({ startsAfter: 4, sequence: 7 });
      await db.execute(older(8));
      expect(await wordsOf(db)).toEqual([changedAt(8)]);
    }));

  it("says that the key is wrong instead of finding faults", () =>
    withRollback(async (db) => {
      await recordMany(db, 2);
      expect(await db.$count(auditEvents)).toBe(2);
      await expect(verifyAuditLog(db, testRing("k2"))).rejects.toMatchObject({
        name: "WrappingKeyError",
        wantedKeyId: "k1",
      });
    }));
});
