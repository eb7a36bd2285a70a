import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { credentials, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { findLastUse } from "@/lib/endpoints/queries";
import { requestRun } from "@/lib/runs/mutations";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { aFilledSource, aWritingDestination, commentWriting, rowsOn } from "@/lib/testing/destinations";
import { FakeDestination } from "@/lib/testing/fake-destination";
import { repository } from "@/lib/testing/fake-repositories";
import { FakeServer } from "@/lib/testing/fake-source";
import { anEngine, anEngineFor, aReadingSource, untilEnded, worksFor } from "@/lib/testing/runs";
import { requestDelivery } from "../request";
import { deliveringWork } from "./work";

let db: Db;
let owner: Actor;
beforeAll(async () => {
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
});

it("a run of a source notes the use of its credential, and one that is held back does not", async () => {
  const server = new FakeServer([repository("1", 6)]);
  const credential = { baseUrl: baseUrlAt("https://read.example.com") };
  const { sourceId, credentialId } = await aReadingSource(db, owner, { credential });
  const read = async () =>
    untilEnded(anEngine(db, server.reading), (await requestRun(db, owner, sourceId, "new")).runId);
  await read();
  expect(await findLastUse(db, owner, credentialId)).toMatchObject({ by: { seen: { id: sourceId } } });
  server.hook = () => ({ kind: "refused", reason: "SECRET_REJECTED" });
  expect(await read()).toMatchObject({ reason: "credential-refused" });
  await db.update(credentials).set({ lastUsedAt: null }).where(eq(credentials.id, credentialId));
  expect(await read()).toMatchObject({ reason: "credential-held-back" });
  expect(await findLastUse(db, owner, credentialId)).toBeNull();
});

it("a run of a destination notes the use of its credential", async () => {
  const server = new FakeDestination();
  const { sourceId } = await aFilledSource(db, owner, rowsOn(1, 3), "Filled");
  const credential = { baseUrl: baseUrlAt("https://written.example.com") };
  const writing = { name: "Written", credential, writing: commentWriting };
  const { destinationId } = await aWritingDestination(db, owner, { sourceId }, writing);
  const work = deliveringWork(server.writing);
  const engine = anEngineFor(db, { ...worksFor(), write: work, "dry-run": work });
  const { runId } = await requestDelivery(db, owner, destinationId, { kind: "write", mode: "all" });
  await untilEnded(engine, runId);
  const [endpoint] = await db.select().from(endpoints).where(eq(endpoints.id, destinationId));
  expect(await findLastUse(db, owner, endpoint?.credentialId ?? "")).toMatchObject({
    by: { direction: "destination", seen: { id: destinationId, name: "Written" } },
  });
});
