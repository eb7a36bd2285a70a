import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { auditEvents, endpoints, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { pauseEndpoint } from "@/lib/endpoints/mutations";
import { cancelRun } from "@/lib/runs/mutations";
import { somebody } from "@/lib/testing/actors";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { aFilledSource, anUpload, aWritingDestination, rowsOn } from "@/lib/testing/destinations";
import { rowOf } from "@/lib/testing/runs";
import { requestDelivery } from "./request";

let db: Db;
let owner: Actor;
let destinationId: string;
let sourceId: string;
beforeAll(async () => {
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
  const rows = rowsOn(3, 3);
  sourceId = (await aFilledSource(db, owner, rows)).sourceId;
  destinationId = (await aWritingDestination(db, owner, { sourceId })).destinationId;
});

const refused = (code: string, words: string) => ({ code, message: expect.stringContaining(words) });

describe("a run of a destination", () => {
  it("is requested once, with all records or the new ones, and the log says so", async () => {
    const { runId, isNew } = await requestDelivery(db, owner, destinationId, { kind: "write", mode: "all" });
    expect(isNew).toBe(true);
    expect(await rowOf(db, runId)).toMatchObject({
      ...{ kind: "write", mode: "all", trigger: "user", state: "queued", pick: null },
      taking: { from: "records", after: 0, until: 3 },
    });
    const again = await requestDelivery(db, owner, destinationId, { kind: "write", mode: "new" });
    expect(again).toEqual({ runId, isNew: false });
    await expect(
      requestDelivery(db, owner, destinationId, { kind: "dry-run", mode: "all" }),
    ).rejects.toMatchObject(refused("CONFLICT", "A run is under way"));
    const events = await db.select().from(auditEvents).where(eq(auditEvents.event, "run.requested"));
    expect(events.map(({ details }) => details)).toEqual([
      { runId, name: "Comments", mode: "all", trigger: "user", kind: "write" },
    ]);
    await cancelRun(db, owner, runId);
    await db.update(endpoints).set({ takenSeq: 2 }).where(eq(endpoints.id, destinationId));
    const next = await requestDelivery(db, owner, destinationId, { kind: "dry-run", mode: "new" });
    expect(await rowOf(db, next.runId)).toMatchObject({
      kind: "dry-run",
      taking: { from: "held", after: 2, until: 3 },
    });
    await cancelRun(db, owner, next.runId);
  });

  it("is refused to those who do not see it, while it is paused, and for a source", async () => {
    const stranger = await somebody(db);
    const wanted = { kind: "write", mode: "new" } as const;
    await expect(requestDelivery(db, stranger, destinationId, wanted)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(requestDelivery(db, owner, sourceId, wanted)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const paused = await aWritingDestination(db, owner, { sourceId }, { name: "Paused" });
    await pauseEndpoint(db, owner, paused.destinationId);
    await expect(requestDelivery(db, owner, paused.destinationId, wanted)).rejects.toMatchObject(
      refused("CONFLICT", "paused"),
    );
  });

  it("needs something to write, and records", async () => {
    const uploadId = await anUpload(db, owner, [{ pr: 1, text: "a" }]);
    const own = await aWritingDestination(db, owner, { uploadId }, { name: "From a file" });
    const request = () => requestDelivery(db, owner, own.destinationId, { kind: "write", mode: "all" });
    const { runId } = await request();
    expect(await rowOf(db, runId)).toMatchObject({ taking: { from: "records", after: 0, until: 1 } });
    await cancelRun(db, owner, runId);
    const change = (values: object) =>
      db.update(endpoints).set(values).where(eq(endpoints.id, own.destinationId));
    await change({ inputUploadId: null });
    await expect(request()).rejects.toMatchObject(refused("CONFLICT", "records are gone"));
    await change({ writing: null });
    await expect(request()).rejects.toMatchObject(refused("CONFLICT", "Nothing was chosen"));
  });

  it("of an earlier run's results needs an ended run of the same destination", async () => {
    const pickOf = (runId: string) =>
      requestDelivery(db, owner, destinationId, {
        kind: "write",
        pick: { runId, states: ["rejected"], search: "" },
      });
    await expect(pickOf("no-id")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(pickOf(crypto.randomUUID())).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { runId } = await requestDelivery(db, owner, destinationId, { kind: "write", mode: "new" });
    await expect(pickOf(runId)).rejects.toMatchObject(refused("CONFLICT", "under way"));
    await cancelRun(db, owner, runId);
    const picked = await pickOf(runId);
    expect(await rowOf(db, picked.runId)).toMatchObject({ pick: { runId }, taking: { from: "picked" } });
    await cancelRun(db, owner, picked.runId);
    expect(await db.$count(runs, eq(runs.endpointId, destinationId))).toBe(4);
  });
});
