import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { runPartitions, runs } from "@/drizzle/schema";
import type { StreamReader } from "@/lib/connectors/stream-reader";
import type { SourceSettings } from "@/lib/connectors/streams";
import type { Db } from "@/lib/db/types";
import type { RunFacts } from "@/lib/runs/types";
import { type ClaimedRun, isHeld } from "./claim";
import { failedAs } from "./fence";
import { type OpenedRun, openRun, type Preparation } from "./open-run";
import { addParts, countParts } from "./parts";
import type { Reading } from "./reading";

/** A run that can be read now, and what reading it needs. Holds the secret. */
export type PreparedRun = OpenedRun & {
  readonly settings: SourceSettings;
  readonly reader: StreamReader;
  readonly reading: Reading;
  /** True if this reading meets every record, so that those not met are deleted. */
  readonly isFull: boolean;
};

/** Opens the owner's sign-in and the pass of a claimed run of a source. Sends nothing. */
export async function prepareRun(
  db: Db,
  run: ClaimedRun,
  reading: Reading,
): Promise<Preparation<PreparedRun>> {
  const preparation = await openRun(db, run, ({ settings, connector }) =>
    settings === null ? failedAs("nothing-chosen") : { settings, kind: connector },
  );
  if (preparation.kind !== "ready") return preparation;
  const { opened, chosen } = preparation.prepared;
  const { settings, kind } = chosen;
  const reader = reading.readerOf(kind);
  const print = fingerprintOf(settings, opened.ready.stored.target.baseUrl.href);
  const current = await openPass(db, run, settings, reader, print);
  if (!current) return { kind: "lost" };
  const isFull = current.mode === "all" || reading.isSnapshot(kind, settings.stream);
  return { kind: "ready", prepared: { ...opened, run: current, settings, reader, reading, isFull } };
}

// Begins the pass, or finds where it stands. Checkpoints of other settings, or of another server, would leave gaps: then
// all is read anew.
async function openPass(
  db: Db,
  run: ClaimedRun,
  settings: SourceSettings,
  reader: StreamReader,
  print: string,
): Promise<ClaimedRun | null> {
  const isSame = run.facts.settings === undefined || run.facts.settings === print;
  const passId = isSame ? run.passId : randomUUID();
  const mode = isSame ? run.mode : "all";
  return db.transaction(async (tx) => {
    const isOfPass = eq(runPartitions.passId, passId);
    if ((await tx.$count(runPartitions, isOfPass)) === 0) {
      await addParts(tx, { passId, endpointId: run.endpointId }, [reader.start(settings)]);
    }
    const counts = await countParts(tx, passId);
    const noted = JSON.stringify({ settings: print, chosen: chosenOf(settings) });
    const facts = sql`${runs.facts} || ${noted}::jsonb`;
    const [current] = await tx
      .update(runs)
      .set({ passId, mode, facts, ...counts })
      .where(and(isHeld(run)))
      .returning();
    return current ?? null;
  });
}

// For the sentence of the run's end.
function chosenOf({ scope }: SourceSettings): NonNullable<RunFacts["chosen"]> {
  if (scope.kind === "everything") return { kind: scope.kind, count: 0 };
  const chosen = scope.kind === "projects" ? scope.projects : scope.repositories;
  return { kind: scope.kind, count: chosen.length };
}

/** Tells whether two runs read the same: another server's ids name other things. */
function fingerprintOf(settings: SourceSettings, baseUrl: string): string {
  return createHash("sha256")
    .update(JSON.stringify([sorted(settings), baseUrl]))
    .digest("hex")
    .slice(0, 16);
}

// The database returns the keys of an object in its own order.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
