import { eq } from "drizzle-orm";
import { deliveryLedger, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { openDatabase } from "@/lib/db/open";
import type { Db } from "@/lib/db/types";
import { requestDelivery } from "@/lib/deliveries/request";
import { env } from "@/lib/env";
import { doRunsUntil } from "@/lib/runs/worker";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { aFilledSource, aWritingDestination, fillSource } from "@/lib/testing/destinations";
import { dueRequests, runWorks } from "@/lib/worker/works";
import { recordOf, type Written, writings } from "./deliveries-kinds";
import { memoryOf } from "./memory-of";
import { serveParent } from "./source-process";

/** A run of the engine, from the request to the end. */
export type EngineWritten = {
  readonly seconds: number;
  /** Of this process; an embedded database's is in it. */
  readonly cpuSeconds: number;
  /** Resident memory at its highest, above that at the start. */
  readonly growthBytes: number;
  /** A second run of the same records. */
  readonly againSeconds: number;
};

const sampleMs = 50;
const perPage = 1000;
let opened: Promise<{ db: Db; owner: Actor }> | undefined;
let destinations = 0;

function portal() {
  opened ??= openDatabase(env()).then(async (db) => ({ db, owner: await ownerOfCredentials(db) }));
  return opened;
}

async function aDestination(db: Db, owner: Actor, origin: string, written: Written, count: number) {
  destinations += 1;
  const name = `Writing ${process.pid}-${destinations}`;
  const { sourceId } = await aFilledSource(db, owner, [], name);
  for (let at = 0; at < count; at += perPage) {
    const size = Math.min(perPage, count - at);
    await fillSource(
      db,
      sourceId,
      Array.from({ length: size }, (_, more) => recordOf(at + more)),
    );
  }
  const apiKey = Secret.of("NzA1MDU2NDc2NTkwOt3gJ9Yhq4Bq");
  const signIn = { scheme: "bearer", apiKey, expectedAccount: null } as const;
  const credential = { baseUrl: baseUrlAt(origin), signIn };
  const options = { name, credential, writing: writings[written] };
  return aWritingDestination(db, owner, { sourceId }, options);
}

/** Writes as the worker of a portal does, then once more what stands already. */
async function write({
  origin,
  written,
  count,
}: {
  origin: string;
  written: Written;
  count: number;
}): Promise<EngineWritten> {
  const { db, owner } = await portal();
  const { destinationId } = await aDestination(db, owner, origin, written, count);
  const cpu = process.cpuUsage();
  const before = memoryOf(process.pid).rssBytes;
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, memoryOf(process.pid).rssBytes);
  }, sampleMs);
  const ending = new AbortController();
  const working = doRunsUntil(db, {
    works: runWorks,
    requests: dueRequests,
    signal: ending.signal,
    pollMs: 100,
  });
  const seconds = await run(db, owner, destinationId, "sent", count);
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(sampling);
  const stands = await db.$count(deliveryLedger, eq(deliveryLedger.endpointId, destinationId));
  if (stands !== count) throw new Error(`of ${count} records ${stands} stand in the ledger`);
  const againSeconds = await run(db, owner, destinationId, "alreadyThere", count);
  ending.abort();
  await working;
  return { seconds, cpuSeconds: (user + system) / 1e6, growthBytes: most - before, againSeconds };
}

async function run(
  db: Db,
  owner: Actor,
  destinationId: string,
  result: "sent" | "alreadyThere",
  count: number,
) {
  const from = performance.now();
  const { runId } = await requestDelivery(db, owner, destinationId, { kind: "write", mode: "all" });
  for (;;) {
    const [row] = await db.select().from(runs).where(eq(runs.id, runId));
    if (row?.endedAt) {
      if (row[result] !== count)
        throw new Error(`the run ended ${row.state} (${row.reason}) with ${row[result]}`);
      return (performance.now() - from) / 1000;
    }
    await new Promise((resolve) => setTimeout(resolve, sampleMs));
  }
}

serveParent({ write });
