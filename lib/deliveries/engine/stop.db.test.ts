import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { auditEvents, deliveries, deliveryLedger, endpointGrants, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { replaceSecret } from "@/lib/credentials/mutations";
import { findCredentialTile } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { pauseEndpoint } from "@/lib/endpoints/mutations";
import { cancelRun } from "@/lib/runs/mutations";
import { Secret } from "@/lib/secret";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import {
  aFilledSource,
  aRow,
  aWritingDestination,
  commentWriting,
  fillSource,
  rowsOn,
} from "@/lib/testing/destinations";
import { FakeDestination } from "@/lib/testing/fake-destination";
import { anEngineFor, doSlice, rowOf, untilEnded, worksFor } from "@/lib/testing/runs";
import { grantOn } from "@/lib/testing/sharing";
import { requestDelivery, type WantedDelivery } from "../request";
import { deliveringWork } from "./work";

let processes: [Db, Db];
let db: Db;
let owner: Actor;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  owner = await ownerOfCredentials(db);
});

/** Of two lanes, each with a batch that the database had allowed before the stop, and three calls under way. */
const mostAfterStop = 2 * 8 + 3;
const everything = { kind: "write", mode: "all" } as const;
const onlyNew = { kind: "write", mode: "new" } as const;

function engineOf(server: FakeDestination, on: Db = db) {
  const work = deliveringWork(server.writing);
  return anEngineFor(on, { ...worksFor(), write: work, "dry-run": work });
}

let scenes = 0;
async function aScene(count = 60, by: Actor = owner, rows = rowsOn(10, count)) {
  scenes += 1;
  const name = `Scene ${scenes}`;
  const server = new FakeDestination();
  const { sourceId } = await aFilledSource(db, owner, rows, name);
  // An account of its own each: a refusal concerns all credentials of one account.
  const baseUrl = baseUrlAt(`https://bitbucket${scenes}.example.com`);
  const made = await aWritingDestination(db, by, { sourceId }, { name, credential: { baseUrl } });
  const run = async (wanted: WantedDelivery) =>
    untilEnded(engineOf(server), (await requestDelivery(db, by, made.destinationId, wanted)).runId);
  return { ...made, sourceId, server, baseUrl, run };
}

/** Does `work` once, while call number `at` is answered. */
function during(server: FakeDestination, at: number, work: () => Promise<unknown>) {
  server.hook = async () => {
    if (server.calls.length === at) await work();
    return null;
  };
}

const statesOf = async (runId: string) =>
  Object.fromEntries(
    (
      await db
        .select({ state: deliveries.state, count: sql<number>`count(*)::int` })
        .from(deliveries)
        .where(eq(deliveries.runId, runId))
        .groupBy(deliveries.state)
    ).map(({ state, count }) => [state, count]),
  );

/** Every record stands once, by its key's text. */
function expectOnce(server: FakeDestination, count: number) {
  const texts = rowsOn(10, count).map(({ data }) => String(data.message));
  expect(server.things.map(({ text }) => text).toSorted()).toEqual(texts.toSorted());
}

describe("a run of a destination that is stopped", () => {
  it("finishes its call when it is cancelled, holds the rest, and the next run sends that first", async () => {
    const { server, run, destinationId } = await aScene();
    const { runId } = await requestDelivery(db, owner, destinationId, everything);
    let atCancel = 60;
    during(server, 9, async () => {
      await cancelRun(processes[1], owner, runId);
      atCancel = server.calls.length;
    });
    const first = await untilEnded(engineOf(server), runId);
    expect(first).toMatchObject({ state: "cancelled", reason: "by-user", taken: 60, unknown: 0 });
    expect(await statesOf(runId)).toEqual({ sent: first.sent, held: first.held });
    expect(first.sent).toBe(server.things.length);
    expect(first.held).toBe(60 - first.sent);
    expect(first.sent - atCancel).toBeLessThanOrEqual(mostAfterStop);
    expect(await db.$count(deliveryLedger, eq(deliveryLedger.endpointId, destinationId))).toBe(first.sent);
    server.hook = () => null;
    const next = await run(onlyNew);
    expect(next).toMatchObject({ state: "succeeded", taken: first.held, sent: first.held });
    expectOnce(server, 60);
    expect(await run(onlyNew)).toMatchObject({ taken: 0 });
  });

  it("takes all of it anew in a run of everything, and nothing is held for a later one", async () => {
    const { server, run, destinationId } = await aScene();
    const { runId } = await requestDelivery(db, owner, destinationId, everything);
    during(server, 9, () => cancelRun(processes[1], owner, runId));
    const first = await untilEnded(engineOf(server), runId);
    server.hook = () => null;
    const next = await run(everything);
    expect(next).toMatchObject({ taken: 60, sent: first.held, alreadyThere: first.sent });
    expect(await run(onlyNew)).toMatchObject({ taken: 0 });
    expectOnce(server, 60);
  });

  it("settles what was taken when it is cancelled while no process works on it", async () => {
    const { server, destinationId } = await aScene(20);
    const { runId } = await requestDelivery(db, owner, destinationId, everything);
    server.hook = () => ({ kind: "wait", seconds: 600, why: "rate-limit" });
    await doSlice(engineOf(server));
    expect(await rowOf(db, runId)).toMatchObject({ state: "waiting", reason: "rate-limit", sent: 0 });
    await cancelRun(db, owner, runId);
    expect(await rowOf(db, runId)).toMatchObject({ state: "cancelled", held: 20, unknown: 0 });
    expect(await db.$count(deliveryLedger, eq(deliveryLedger.endpointId, destinationId))).toBe(0);
    const [ended] = await db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.subjectId, destinationId), eq(auditEvents.event, "run.ended")));
    expect(ended?.details).toMatchObject({ state: "cancelled", deliveries: { taken: 20, held: 20 } });
  });

  it("stops at a pause, and sends nothing while it is paused", async () => {
    const { server, run, destinationId } = await aScene();
    let atPause = 60;
    during(server, 9, async () => {
      await pauseEndpoint(processes[1], owner, destinationId);
      atPause = server.calls.length;
    });
    const paused = await run(everything);
    expect(paused).toMatchObject({ state: "cancelled", reason: "source-paused" });
    expect(paused.sent + paused.held).toBe(60);
    expect(server.calls.length - atPause).toBeLessThanOrEqual(mostAfterStop);
  });

  it("sends one call with a refused secret, and goes on with the held records once it is replaced", async () => {
    const { server, run, credentialId, baseUrl, destinationId } = await aScene(40, owner, [
      ...Array.from({ length: 40 }, (_, at) => aRow(`K${at + 1}`, 1)),
    ]);
    server.hook = () => (server.calls.length > 5 ? { kind: "refused", reason: "SECRET_REJECTED" } : null);
    const first = await run(everything);
    expect(first).toMatchObject({
      state: "failed",
      reason: "credential-refused",
      sent: 5,
      held: 35,
      unknown: 0,
    });
    expect(server.calls).toHaveLength(6);
    expect(await findCredentialTile(db, owner, credentialId)).toMatchObject({ status: "rejected" });
    expect(await run(onlyNew)).toMatchObject({ state: "failed", reason: "credential-held-back", taken: 0 });
    expect(server.calls).toHaveLength(6);
    server.hook = () => null;
    const signIn = { scheme: "basic", username: "renewed", password: Secret.of("another secret") } as const;
    const replaced = { credentialId, secretVersion: 1 };
    await replaceSecret(db, owner, { replaced, baseUrl, signIn, outcome: verified });
    expect(await run(onlyNew)).toMatchObject({ state: "succeeded", taken: 35, sent: 35 });
    expect(server.things).toHaveLength(40);
    const [row] = await db.select().from(endpoints).where(eq(endpoints.id, destinationId));
    expect(row?.failures).toBe(0);
  });

  it("sends nothing from the other lane after a refusal", async () => {
    const { server, run } = await aScene(60);
    server.hook = () => (server.calls.length > 12 ? { kind: "refused", reason: "SECRET_REJECTED" } : null);
    expect(await run(everything)).toMatchObject({ state: "failed", reason: "credential-refused" });
    // The other lane's call may have been under way.
    expect(server.calls.length).toBeLessThanOrEqual(14);
  });

  it("stops within a batch when the owner does not see its records any more", async () => {
    const friend = await somebody(db);
    const { sourceId } = await aFilledSource(db, owner, rowsOn(10, 120), "Shared");
    await grantOn(db, owner, { kind: "endpoint", id: sourceId }, { userId: friend.userId }, "collaborator");
    const server = new FakeDestination();
    const { destinationId } = await aWritingDestination(db, friend, { sourceId }, { name: "Of a friend" });
    const { runId } = await requestDelivery(db, friend, destinationId, everything);
    during(server, 30, () =>
      processes[1]
        .update(endpointGrants)
        .set({ endedAt: new Date() })
        .where(eq(endpointGrants.endpointId, sourceId)),
    );
    const run = await untilEnded(engineOf(server), runId);
    expect(run).toMatchObject({ state: "failed", reason: "input-lost" });
    expect(run.sent).toBe(server.things.length);
    expect(server.calls.length).toBeLessThan(30 + 2 * 2 * 8);
    const again = await requestDelivery(db, friend, destinationId, onlyNew);
    expect(await untilEnded(engineOf(server), again.runId)).toMatchObject({ reason: "input-lost", taken: 0 });
  });

  it("ends when what it writes is changed meanwhile", async () => {
    const { server, run, destinationId } = await aScene();
    const text = { from: "constant", value: "The same for all" } as const;
    const writing = { ...commentWriting, mapping: { ...commentWriting.mapping, text } };
    during(server, 9, () =>
      processes[1].update(endpoints).set({ writing }).where(eq(endpoints.id, destinationId)),
    );
    const first = await run(everything);
    expect(first).toMatchObject({ state: "failed", reason: "settings-changed" });
    server.hook = () => null;
    const held = await run(onlyNew);
    expect(held).toMatchObject({ state: "succeeded", sent: first.held });
    expect(server.things.filter(({ text: one }) => one === text.value)).toHaveLength(first.held);
  });

  it("is given up when its destination is deleted", async () => {
    const { server, destinationId } = await aScene(20);
    const { runId } = await requestDelivery(db, owner, destinationId, everything);
    during(server, 5, () => processes[1].delete(endpoints).where(eq(endpoints.id, destinationId)));
    await doSlice(engineOf(server));
    await expect(rowOf(db, runId)).rejects.toThrow("gone");
  });
});

describe("an action that cannot be taken back", () => {
  it("is sent only with its switch, and only what a dry run showed", async () => {
    const { server, run, destinationId, sourceId } = await aScene(6);
    const dry = await run({ kind: "dry-run", mode: "all" });
    expect(dry).toMatchObject({ wouldSend: 6 });
    // Changed after the dry run: another comment than the one that was confirmed.
    await fillSource(db, sourceId, [aRow("K2", 2, "Changed")]);
    const pick = { runId: dry.id, states: ["would-send"] as const, search: "" };
    expect(await run({ kind: "write", pick })).toMatchObject({ state: "succeeded", taken: 6, sent: 6 });
    expect(server.things.some(({ text }) => text === "Changed")).toBe(false);
    const writing = {
      ...commentWriting,
      mapping: { ...commentWriting.mapping, repository: { from: "constant", value: "x" } },
    } as const;
    await db.update(endpoints).set({ writing }).where(eq(endpoints.id, destinationId));
    const other = await run({ kind: "write", pick });
    expect(other).toMatchObject({ state: "incomplete", taken: 6, skipped: 6, sent: 0 });
  });
});
