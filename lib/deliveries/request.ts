import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import {
  activeRunStates,
  datasets,
  endpoints,
  type RunPick,
  type RunTaking,
  runs,
  uploads,
} from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import { findAction } from "@/lib/connectors/action-catalogues";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { Db, Tx } from "@/lib/db/types";
import { requireEndpointRight } from "@/lib/endpoints/require-right";
import { AppError, notFound } from "@/lib/errors";
import type { WritingSettings } from "@/lib/mapping/types";
import { runIdSchema } from "@/lib/runs/schema";
import { forgetUnknown } from "./ledger";

/**
 * `new`: what no run has taken yet, and what earlier runs held. `pick`: results of an earlier run; `isAnew` sends its
 * unknown ones without looking for them.
 */
export type WantedDelivery =
  | { readonly kind: "write" | "dry-run"; readonly mode: "all" | "new" }
  | { readonly kind: "write"; readonly pick: RunPick; readonly isAnew?: boolean };

type Requested = { readonly runId: string; readonly isNew: boolean };

/**
 * Requests a run of a destination, or meets the active one of the same kind. NOT_FOUND and NOT_ALLOWED as for every
 * write; CONFLICT while the destination is paused, has nothing to write, or does something else, and for an action that
 * cannot be taken back without its switch or without the results of a dry run.
 */
export async function requestDelivery(
  db: Db,
  actor: Actor,
  destinationId: string,
  wanted: WantedDelivery,
): Promise<Requested> {
  return changeWith(db, actor, async (tx) => {
    // Locks the destination: a second press waits, and then meets this run.
    const destination = await requireEndpointRight(tx, actor, destinationId, "operate");
    if (destination.direction !== "destination") throw notFound("destination");
    if (destination.pausedAt)
      throw conflict("This destination is paused, so it does not run. Activate it first.");
    const { writing, input } = await inputOf(tx, destinationId);
    const pick = "pick" in wanted ? wanted.pick : null;
    const mode = "pick" in wanted ? "new" : wanted.mode;
    const picked = pick && (await requirePicked(tx, destinationId, pick));
    if (wanted.kind === "write") requireSwitch(destination.connector, writing, picked, pick);
    const [active] = await tx
      .select({ id: runs.id, kind: runs.kind })
      .from(runs)
      .where(and(eq(runs.endpointId, destinationId), inArray(runs.state, activeRunStates)));
    if (active) {
      if (active.kind === wanted.kind && !pick)
        return unchanged<Requested>({ runId: active.id, isNew: false });
      throw conflict(
        `${active.kind === "write" ? "A run" : "A dry run"} is under way. Cancel it or wait for its end.`,
      );
    }
    if (pick && "isAnew" in wanted && wanted.isAnew) {
      await forgetUnknown(tx, { endpointId: destinationId, runId: pick.runId, search: pick.search });
    }
    const runId = randomUUID();
    const trigger = actor.origin.via === "schedule" ? "schedule" : "user";
    await tx.insert(runs).values({
      ...{ id: runId, endpointId: destinationId, passId: randomUUID(), trigger, requestedBy: actor.userId },
      ...{ kind: wanted.kind, mode, pick, taking: beginning(input, { pick, mode }) },
    });
    const details = { runId, name: destination.name, mode, trigger, kind: wanted.kind } as const;
    return changed<Requested>(
      {
        event: "run.requested",
        subjectId: destinationId,
        details: pick ? { ...details, picked: pick.runId } : details,
      },
      { runId, isNew: true },
    );
  });
}

type Input = { readonly newest: number; readonly takenSeq: number };

async function inputOf(tx: Tx, destinationId: string): Promise<{ writing: WritingSettings; input: Input }> {
  const [row] = await tx
    .select({
      writing: endpoints.writing,
      takenSeq: endpoints.takenSeq,
      sourceId: endpoints.inputSourceId,
      newest: datasets.newest,
      uploadId: endpoints.inputUploadId,
      records: uploads.records,
    })
    .from(endpoints)
    .leftJoin(datasets, eq(datasets.endpointId, endpoints.inputSourceId))
    .leftJoin(uploads, eq(uploads.id, endpoints.inputUploadId))
    .where(eq(endpoints.id, destinationId));
  if (!row?.writing) throw conflict("Nothing was chosen to write. Edit the destination and choose it.");
  if (row.sourceId === null && row.uploadId === null) {
    throw conflict(
      "This destination's records are gone: their source or file was deleted. Choose others under Edit.",
    );
  }
  return {
    writing: row.writing,
    input: { takenSeq: row.takenSeq, newest: (row.sourceId ? row.newest : row.records) ?? 0 },
  };
}

function beginning(
  { newest, takenSeq }: Input,
  { pick, mode }: { pick: RunPick | null; mode: "all" | "new" },
): RunTaking {
  if (pick) return { from: "picked", after: 0, until: newest };
  if (mode === "all") return { from: "records", after: 0, until: newest };
  // After the held ones, the records follow from there.
  return { from: "held", after: takenSeq, until: newest };
}

type PickedRun = { readonly kind: "read" | "write" | "dry-run"; readonly endedAt: Date | null };

async function requirePicked(tx: Tx, destinationId: string, { runId }: RunPick): Promise<PickedRun> {
  if (!runIdSchema.safeParse(runId).success) throw notFound("run");
  const [run] = await tx
    .select({ kind: runs.kind, endedAt: runs.endedAt })
    .from(runs)
    .where(and(eq(runs.id, runId), eq(runs.endpointId, destinationId)));
  if (!run) throw notFound("run");
  if (run.endedAt === null) throw conflict("That run is under way. Wait for its end.");
  return run;
}

function requireSwitch(
  connector: ConnectorKind,
  writing: WritingSettings,
  picked: PickedRun | null,
  pick: RunPick | null,
): void {
  const action = findAction(connector, writing.action);
  if (!action)
    throw conflict("This version does not know what this destination writes. Choose again under Edit.");
  if (action.danger === null) return;
  if (!writing.allows.includes(action.danger)) {
    throw conflict(`“${action.label}” is switched off. Switch it on under Edit first.`);
  }
  const isConfirmed = picked?.kind === "dry-run" && pick?.states.every((state) => state === "would-send");
  if (!isConfirmed) {
    throw conflict(
      `“${action.label}” cannot be taken back. Do a dry run, and confirm its number of records there.`,
    );
  }
}

function conflict(message: string): AppError {
  return new AppError({ code: "CONFLICT", message });
}
