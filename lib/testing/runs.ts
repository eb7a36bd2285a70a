import { eq } from "drizzle-orm";
import { records, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { SourceSettings } from "@/lib/connectors/streams";
import { addCredential, type NewCredential } from "@/lib/credentials/mutations";
import { isEmbedded } from "@/lib/db/driver";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { claimRun } from "@/lib/runs/engine/claim";
import { readingWork } from "@/lib/runs/engine/read-work";
import type { Reading } from "@/lib/runs/engine/reading";
import type { RunWorks } from "@/lib/runs/engine/run-slice";
import type { Engine } from "@/lib/runs/engine/slice";
import { type EngineTiming, usualTiming } from "@/lib/runs/engine/timing";
import { aCredential } from "./credentials";

/** For database tests: a source that reads, of this owner. */
export async function aReadingSource(
  db: Db,
  owner: Actor,
  {
    name = "Commits",
    credential = {},
    settings = {},
  }: { name?: string; credential?: Partial<NewCredential>; settings?: Partial<SourceSettings> } = {},
): Promise<{ sourceId: string; credentialId: string }> {
  const credentialId = await addCredential(db, owner, aCredential({ name, ...credential }));
  const sourceId = await addEndpoint(db, owner, {
    ...{ direction: "source", connector: "bitbucket-server", credentialId, name, description: "" },
    settings: { stream: "commits", parameters: {}, scope: { kind: "everything" }, ...settings },
    schedule: { kind: "manual" },
  });
  return { sourceId, credentialId };
}

/** Waits that a test does not want to wait for. */
export const quickTiming: EngineTiming = {
  ...usualTiming,
  retryMs: 1,
  longestRetryMs: 2,
  slotWaitMs: 1_000,
  stopMs: 100,
};

/** The engine of one process, and how it does each kind of run. */
export type TestEngine = Engine & { readonly works: RunWorks };

/** An engine that does runs of sources. */
export function anEngine(db: Db, reading?: Reading, timing: Partial<EngineTiming> = {}): TestEngine {
  return anEngineFor(db, worksFor(reading), timing);
}

/** Does runs of sources only. */
export function worksFor(reading?: Reading): RunWorks {
  const none = () => Promise.reject(new Error("not a run of a source"));
  return { read: readingWork(reading), write: none, "dry-run": none };
}

/** An engine that does runs as given. */
export function anEngineFor(db: Db, works: RunWorks, timing: Partial<EngineTiming> = {}): TestEngine {
  return {
    db,
    works,
    timing: { ...quickTiming, ...timing },
    isEmbedded: isEmbedded(db),
    holder: crypto.randomUUID(),
  };
}

/** Does one slice of the run that waits longest; false if none waits. */
export async function doSlice(engine: TestEngine, stop = new AbortController().signal): Promise<boolean> {
  const run = await claimRun(engine.db, engine.holder, engine.timing);
  if (!run) return false;
  await engine.works[run.kind](engine, run, stop);
  return true;
}

/** Does slices, and waits through short waits, until the run has ended; returns its row. */
export async function untilEnded(engine: TestEngine, runId: string, stop?: AbortSignal) {
  for (;;) {
    const run = await rowOf(engine.db, runId);
    if (run.endedAt) return run;
    if (stop?.aborted) return run;
    if (!(await doSlice(engine, stop))) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A run's row. */
export async function rowOf(db: Db, runId: string) {
  const [run] = await db.select().from(runs).where(eq(runs.id, runId));
  if (!run) throw new Error("the run is gone");
  return run;
}

/** The keys of a source's records, those deleted on the server with a minus in front. */
export async function keysOf(db: Db, sourceId: string): Promise<string[]> {
  const rows = await db
    .select({ key: records.key, deletedAt: records.deletedAt })
    .from(records)
    .where(eq(records.endpointId, sourceId));
  return rows.map(({ key, deletedAt }) => (deletedAt ? `-${key}` : key)).toSorted();
}
