import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { endpoints, notices, requestAllowances, runPartitions, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { AnswerMeaning } from "@/lib/connectors/stream-reader";
import { allowanceAccountOf } from "@/lib/credentials/lockout/account";
import { getSignIn } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { listNotices } from "@/lib/notices/queries";
import { requestRun } from "@/lib/runs/mutations";
import { noteAllowance } from "@/lib/server-shares/allowance";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { keysIn, repository } from "@/lib/testing/fake-repositories";
import { FakeServer } from "@/lib/testing/fake-source";
import { anEngine, aReadingSource, doSlice, keysOf, rowOf, untilEnded } from "@/lib/testing/runs";

let processes: [Db, Db];
let db: Db;
let owner: Actor;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  owner = await ownerOfCredentials(db);
});

let sources = 0;
async function aSource(host = `bitbucket${sources}`) {
  sources += 1;
  const baseUrl = baseUrlAt(`https://${host}.example.com`);
  return aReadingSource(db, owner, { name: `Source ${sources}`, credential: { baseUrl } });
}

async function accountOf(credentialId: string) {
  const { target, accountName } = await getSignIn(db, owner, credentialId);
  return allowanceAccountOf(target, accountName);
}

const failing: AnswerMeaning = { kind: "retry", reason: "SERVER_ERROR" };
const absent: AnswerMeaning = { kind: "retry", reason: "UNREACHABLE" };

describe("a run", () => {
  it("that the server asks to wait gives its row free until then, and then goes on by itself", async () => {
    const { sourceId, credentialId } = await aSource();
    const server = new FakeServer([repository("1", 5)]);
    let asks = 0;
    server.hook = ({ query }) => {
      if (query.start !== 2 || asks > 0) return null;
      asks += 1;
      return { kind: "wait", seconds: 60, why: "rate-limit" };
    };
    const { runId } = await requestRun(db, owner, sourceId, "new");
    const engine = anEngine(db, server.reading);
    await doSlice(engine);
    const waiting = await rowOf(db, runId);
    expect(waiting).toMatchObject({ state: "waiting", reason: "rate-limit", holder: null, leaseUntil: null });
    expect(waiting.waitUntil?.getTime()).toBeGreaterThan(Date.now() + 30_000);
    // Nobody asks before: not this run, nor another one of the account.
    expect(await doSlice(engine)).toBe(false);
    const seen = server.calls.length;
    await db.update(runs).set({ waitUntil: sql`clock_timestamp()` }).where(eq(runs.id, runId));
    await doSlice(engine);
    expect(await rowOf(db, runId)).toMatchObject({ state: "waiting", reason: "rate-limit" });
    expect(server.calls).toHaveLength(seen);
    await db.update(runs).set({ waitUntil: sql`clock_timestamp()` }).where(eq(runs.id, runId));
    await db
      .update(requestAllowances)
      .set({ blockedUntil: sql`clock_timestamp()` })
      .where(eq(requestAllowances.account, (await accountOf(credentialId)).account));
    expect(await untilEnded(engine, runId)).toMatchObject({ state: "succeeded", added: 5 });
  });

  it("shares the account's allowance with another run in another process: together they stay within it", async () => {
    const [one, other] = [await aSource("limited"), await aSource("limited")];
    const limit = { atOnce: 20, perSecond: 10 };
    await noteAllowance(db, await accountOf(one.credentialId), { kind: "limited", ...limit });
    const server = new FakeServer([repository("1", 12), repository("2", 12)], 2);
    const at: number[] = [];
    server.hook = () => {
      at.push(performance.now());
      return null;
    };
    const runIds = await Promise.all(
      [one, other].map(async ({ sourceId }) => (await requestRun(db, owner, sourceId, "new")).runId),
    );
    const ended = await Promise.all(
      runIds.map((runId, which) => untilEnded(anEngine(processes[which ? 1 : 0], server.reading), runId)),
    );
    expect(ended).toMatchObject([{ state: "succeeded" }, { state: "succeeded" }]);
    expect(await keysOf(db, one.sourceId)).toEqual(keysIn(server));
    expect(await keysOf(db, other.sourceId)).toEqual(keysIn(server));
    expect(at).toHaveLength(26);
    // No window of time had more calls than the bucket allows, apart from one of each lane on its way to the server.
    for (const [first, from] of at.entries()) {
      for (const [last, to] of at.entries()) {
        if (last < first) continue;
        const allowed = limit.atOnce + (limit.perSecond * (to - from)) / 1000;
        expect(last - first + 1).toBeLessThanOrEqual(allowed + 4);
      }
    }
    expect(ended.reduce((sum, { waitedMs }) => sum + waitedMs, 0)).toBeGreaterThan(0);
  });

  it("tries again after lost connections, and fails after ten in a row with the way named", async () => {
    const { sourceId } = await aSource();
    const server = new FakeServer([repository("1", 5)]);
    let isThere = true;
    let lost = 0;
    server.hook = ({ query }) => {
      if (query.start === 2 && lost < 4) {
        lost += 1;
        return absent;
      }
      return isThere ? null : absent;
    };
    const first = await requestRun(db, owner, sourceId, "new");
    expect(await untilEnded(anEngine(db, server.reading), first.runId)).toMatchObject({
      state: "succeeded",
      added: 5,
      retries: 0,
    });

    isThere = false;
    const second = await requestRun(db, owner, sourceId, "new");
    const seen = server.calls.length;
    const failed = await untilEnded(anEngine(db, server.reading), second.runId);
    expect(failed).toMatchObject({ state: "failed", reason: "unreachable" });
    expect(failed.facts).toMatchObject({ failure: "UNREACHABLE" });
    expect(server.calls.length - seen).toBe(10);
  });

  it("leaves out one part that the server cannot answer while it answers others, and tries it again next time", async () => {
    const { sourceId } = await aSource();
    const server = new FakeServer([repository("1", 2), repository("2", 60)]);
    let isBroken = true;
    server.hook = ({ path }) => (isBroken && path.includes("/1/") ? failing : null);
    const { runId } = await requestRun(db, owner, sourceId, "new");
    const run = await untilEnded(anEngine(db, server.reading, { retryMs: 20 }), runId);
    expect(run).toMatchObject({ state: "incomplete", partitionsFailed: 1, partitionsDone: 2, added: 60 });
    const [part] = await db
      .select()
      .from(runPartitions)
      .where(sql`${runPartitions.passId} = ${run.passId} and ${runPartitions.key} = 'repository:1'`);
    expect(part).toMatchObject({ state: "failed", reason: "SERVER_ERROR" });
    isBroken = false;
    const next = await requestRun(db, owner, sourceId, "new");
    expect(await untilEnded(anEngine(db, server.reading), next.runId)).toMatchObject({ state: "succeeded" });
    expect(await keysOf(db, sourceId)).toEqual(keysIn(server));
  });

  it("fails where the server does not have the stream, and where it refuses what is read", async () => {
    const { sourceId } = await aSource();
    const server = new FakeServer([repository("1", 2)]);
    const end = async (meaning: AnswerMeaning) => {
      server.hook = () => meaning;
      const { runId } = await requestRun(db, owner, sourceId, "new");
      return untilEnded(anEngine(db, server.reading), runId);
    };
    expect(await end({ kind: "not-available" })).toMatchObject({ state: "failed", reason: "not-available" });
    expect(await end({ kind: "failed", reason: "BAD_REQUEST", words: "no such filter" })).toMatchObject({
      state: "failed",
      reason: "server-refuses",
      facts: { words: "no such filter" },
    });
    await db.update(endpoints).set({ settings: null }).where(eq(endpoints.id, sourceId));
    expect(await end({ kind: "not-available" })).toMatchObject({ state: "failed", reason: "nothing-chosen" });
  });

  it("that fails as the twentieth in a row, after two days, pauses a schedule and tells the owner", async () => {
    const { sourceId } = await aSource();
    const isIt = eq(endpoints.id, sourceId);
    const server = new FakeServer([]);
    server.hook = () => ({ kind: "not-available" });
    const fail = async () => {
      const { runId } = await requestRun(db, owner, sourceId, "new");
      return untilEnded(anEngine(db, server.reading), runId);
    };
    const schedule = { kind: "every", amount: 1, unit: "hours" } as const;
    await db
      .update(endpoints)
      .set({ schedule, failures: 19, failingSince: sql`clock_timestamp()` })
      .where(isIt);
    await fail();
    const [young] = await db.select().from(endpoints).where(isIt);
    expect(young).toMatchObject({ failures: 20, pausedAt: null });
    await db
      .update(endpoints)
      .set({ failures: 19, failingSince: sql`clock_timestamp() - interval '49 hours'` })
      .where(isIt);
    await fail();
    const [paused] = await db.select().from(endpoints).where(isIt);
    expect(paused).toMatchObject({ failures: 20, pausedBy: null });
    expect(paused?.pausedAt).not.toBeNull();
    expect(await db.$count(notices, eq(notices.endpointId, sourceId))).toBe(1);
    expect(await listNotices(db, owner)).toMatchObject([
      { kind: "schedule-paused", source: { id: sourceId } },
    ]);
  });
});
