import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, failedSignIns } from "@/drizzle/schema";
import { verifyAuditLog } from "@/lib/audit/verify";
import type { Db } from "@/lib/db/types";
import { ownDatabase, withRollback } from "@/lib/testing/database";
import {
  type FailedSignIn,
  findFailedSignInsDue,
  foldFailedSignIns,
  recordFailedSignIns,
} from "./failed-sign-ins";

const start = new Date("2026-11-25T10:00:00.000Z");
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);

function fail(db: Db, address: string, failure: FailedSignIn, seconds: number) {
  const visitor = { requestId: randomUUID(), origin: { via: "web", address } as const };
  return recordFailedSignIns(db, visitor, failure, at(seconds));
}

async function fold(db: Db, seconds: number): Promise<void> {
  for (const account of await findFailedSignInsDue(db, at(seconds))) {
    await foldFailedSignIns(db, account, at(seconds));
  }
}

async function told(db: Db) {
  const rows = await db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.event, "user.sign-in-failed"))
    .orderBy(auditEvents.id);
  // Written by recordEvent with these fields.
  return rows.map(({ subjectId, address, details }) => ({
    subjectId,
    address,
    ...(details as { reason: string; count: number; since: string; addresses: number }),
  }));
}

function sum(events: readonly { count: number }[]): number {
  return events.reduce((total, { count }) => total + count, 0);
}

const unknown: FailedSignIn = { userId: null, reason: "not-accepted" };

describe("failed sign-ins", () => {
  it("of one account and address are one event a minute, with their number and the first one's instant", () =>
    withRollback(async (db) => {
      const userId = randomUUID();
      const failure: FailedSignIn = { userId, reason: "not-accepted" };
      for (const second of [0, 1, 2]) await fail(db, "192.0.2.7", failure, second);
      await fold(db, 3);
      for (const second of [4, 30, 61]) await fail(db, "192.0.2.7", failure, second);
      await fold(db, 62);
      const common = { subjectId: userId, address: "192.0.2.7", reason: "not-accepted", addresses: 1 };
      expect(await told(db)).toEqual([{ ...common, count: 3, since: at(0).toISOString() }]);
      await fold(db, 63);
      await fold(db, 64);
      expect(await told(db)).toEqual([
        { ...common, count: 3, since: at(0).toISOString() },
        { ...common, count: 3, since: at(4).toISOString() },
      ]);
    }));

  it("are logged separately by account and reason, and together for one IPv6 network", () =>
    withRollback(async (db) => {
      const userId = randomUUID();
      await fail(db, "2001:db8:1:2::1", { userId, reason: "not-accepted" }, 0);
      await fail(db, "2001:db8:1:2::2", { userId, reason: "not-accepted" }, 1);
      await fail(db, "2001:db8:1:2::2", { userId, reason: "rate-limited", count: 20 }, 1);
      await fail(db, "2001:db8:1:3::1", unknown, 1);
      await fold(db, 2);
      const events = await told(db);
      expect(events.map(({ count }) => count).toSorted((a, b) => a - b)).toEqual([1, 2, 20]);
      expect(events.find(({ count }) => count === 2)).toMatchObject({ address: "2001:db8:1:2::2" });
    }));

  it("of a flood from thousands of addresses are a handful of events that add up, and the chain stays whole", async () => {
    const db = await ownDatabase();
    for (let index = 0; index < 2_000; index += 1) {
      await fail(
        db,
        `10.0.${index >> 8}.${index & 255}`,
        { ...unknown, count: index < 2 ? 50 : 1 },
        index / 40,
      );
    }
    await fold(db, 50);
    const events = await told(db);
    expect(events).toHaveLength(6);
    expect(sum(events)).toBe(2_098);
    expect(events[0]).toMatchObject({ count: 50, addresses: 1 });
    expect(events[5]).toMatchObject({ count: 1_995, addresses: 1_995, address: null });
    expect((await verifyAuditLog(db)).findings).toEqual([]);
  });

  it("leave no growing table: a minute after the log entry, their rows are gone", () =>
    withRollback(async (db) => {
      await fail(db, "192.0.2.7", unknown, 0);
      await fold(db, 1);
      await fold(db, 62);
      expect(await db.$count(failedSignIns)).toBe(0);
      expect(await findFailedSignInsDue(db, at(200))).toEqual([]);
    }));

  it("are written once, however many processes fold at the same moment, and none is lost beside those that come", async () => {
    const db = await ownDatabase();
    const userId = randomUUID();
    const failure: FailedSignIn = { userId, reason: "not-accepted" };
    for (let minute = 0; minute < 5; minute += 1) {
      const arriving = Array.from({ length: 8 }, () => fail(db, "192.0.2.7", failure, minute * 100));
      await Promise.all([
        ...arriving,
        ...[1, 2, 3].map(() => foldFailedSignIns(db, userId, at(minute * 100))),
      ]);
    }
    await fold(db, 1_000);
    const events = await told(db);
    expect(sum(events)).toBe(40);
    expect(events.length).toBeLessThanOrEqual(6);
  });
});
