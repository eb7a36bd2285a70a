import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { endpoints, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { pauseEndpoint } from "@/lib/endpoints/mutations";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { aReadingSource } from "@/lib/testing/runs";
import { dueRequests } from "@/lib/worker/works";
import { nextRunWithSpread, requestDueRuns } from "./schedule";

let processes: [Db, Db];
let db: Db;
let owner: Actor;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  owner = await ownerOfCredentials(db);
});

const hourly = { kind: "every", amount: 1, unit: "hours" } as const;
const now = new Date("2026-11-29T12:00:00.000Z");
const minutesAfter = (date: Date | null) => ((date?.getTime() ?? 0) - now.getTime()) / 60_000;

async function aDueSource(name: string): Promise<string> {
  const { sourceId } = await aReadingSource(db, owner, { name });
  await db
    .update(endpoints)
    .set({ schedule: hourly, nextRunAt: sql`clock_timestamp() - interval '1 minute'` })
    .where(eq(endpoints.id, sourceId));
  return sourceId;
}

describe("a schedule", () => {
  it("that is due requests one run, whichever processes look, and sets the next time", async () => {
    const sourceId = await aDueSource("Due");
    await Promise.all([requestDueRuns(processes[0], dueRequests), requestDueRuns(processes[1], dueRequests)]);
    const requested = await db.select().from(runs).where(eq(runs.endpointId, sourceId));
    expect(requested).toMatchObject([{ state: "queued", trigger: "schedule", requestedBy: owner.userId }]);
    const [source] = await db.select().from(endpoints).where(eq(endpoints.id, sourceId));
    expect(source?.nextRunAt?.getTime()).toBeGreaterThan(Date.now() + 59 * 60_000);
    expect(await requestDueRuns(db, dueRequests)).toBe(0);
  });

  it("of a paused source requests nothing", async () => {
    const sourceId = await aDueSource("Paused");
    await pauseEndpoint(db, owner, sourceId);
    expect(await requestDueRuns(db, dueRequests)).toBe(0);
    expect(await db.$count(runs, eq(runs.endpointId, sourceId))).toBe(0);
  });

  it("spreads its times by a tenth of the interval, five minutes or one minute at most, and never forward", () => {
    const at = (schedule: Parameters<typeof nextRunWithSpread>[0], spread: number) =>
      minutesAfter(nextRunWithSpread(schedule, now, spread));
    expect([at(hourly, 0), at(hourly, 0.5), at(hourly, 1)]).toEqual([60, 62.5, 65]);
    expect(at({ ...hourly, amount: 10, unit: "minutes" }, 1)).toBe(11);
    const cron = { kind: "cron", expression: "30 12 * * *", timeZone: "UTC" } as const;
    expect([at(cron, 0), at(cron, 1)]).toEqual([30, 31]);
    expect(nextRunWithSpread({ kind: "manual" }, now, 0)).toBeNull();
  });
});
