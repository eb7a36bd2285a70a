import "server-only";
import { eq, sql } from "drizzle-orm";
import { runPartitions, runs } from "@/drizzle/schema";
import type { SourceConnection } from "@/lib/connectors/sources";
import type { AnswerMeaning, ReadContext, SkipReason, Step } from "@/lib/connectors/stream-reader";
import { failureReasonOf } from "@/lib/credentials/reading";
import { callServer, type Ended, type Refused, type Wait } from "./call";
import { failedAs, mayStore, PageRefused, whyStopped } from "./fence";
import { isUnreachable } from "./outage";
import { type StoredPage, storeReadPage } from "./page";
import type { Part, PartQueue } from "./parts";
import type { PreparedRun } from "./prepare";
import type { ServerSeat } from "./seat";
import { type Slice, sliceEndOf } from "./slice";
import { fullPage, mostPartTries, smallestPage } from "./timing";

/** A turn of a source's run. */
export type ReadingSlice = Slice<PreparedRun, PartQueue>;

/** A slot at the server with a connection, and what of the lane's reading is under way. */
export type Seat = ServerSeat<SourceConnection> & {
  /** The page that is being stored; false once nothing more may be. */
  storing: Promise<boolean>;
  /** Somebody waits for the slot. */
  isWanted: boolean;
};

/** `wanted`: somebody waits for the slot; the part goes on after it was given back. */
export type PartResult = "done" | "ended" | { readonly wanted: Part };

/** An answer, or why none came. */
type Answered = Exclude<AnswerMeaning, Wait | Refused> | Ended;

type Stepped = Step & { readonly skipped?: SkipReason };

/**
 * Reads a part to its end, or to the end of the slice. While a page is stored, the next one comes and the one after it
 * is asked for: with one page less under way, the server waits for the database whenever one of them is late. The last
 * page may still be stored when this returns; `done` lets the part go after that.
 */
export async function readPart(slice: ReadingSlice, seat: Seat, part: Part): Promise<PartResult> {
  const context = contextOf(slice, part);
  let [position, pageSize, tries] = [part.position, fullPage, 0];
  let firstErrorAt = 0;
  const { reader } = slice.prepared;
  const ask = () =>
    callServer<Exclude<AnswerMeaning, Wait | Refused>>(slice, () =>
      seat.connection.get(reader.callFor({ ...context, pageSize }, position)),
    );
  let coming: Promise<Answered> = ask();
  for (;;) {
    const answer = await coming;
    if (answer.kind === "ended") return "ended";
    const isLeaving = seat.isWanted;
    const ahead = aheadOf(slice, { ...context, pageSize }, position, answer);
    const asked = position;
    // Sent now, so that the server works while records are read and pages are stored.
    if (ahead !== null && !isLeaving && !slice.isEnding()) {
      position = ahead;
      coming = quietly(ask());
    }
    const read = stepOf(slice, { ...context, pageSize }, asked, answer);
    // Else the page that was answered would be lost.
    if (position !== asked && read.kind !== "step") throw new Error("a reader went on ahead of no page");
    if (read.kind === "too-large" && pageSize > smallestPage) {
      pageSize = Math.max(smallestPage, Math.floor(pageSize / 2));
      coming = ask();
      continue;
    }
    if (read.kind === "retry") {
      tries += 1;
      if (tries === 1) firstErrorAt = performance.now();
      if (isUnreachable(read.reason) || tries > mostPartTries) {
        return (await seat.storing) ? giveUpPart(slice, part, read.reason, firstErrorAt) : "ended";
      }
      await slice.wait(slice.engine.timing.retryMs * 2 ** (tries - 1));
      coming = ask();
      continue;
    }
    if (read.kind !== "step") return (await seat.storing) ? endPart(slice, part, read) : "ended";
    tries = 0;
    const { step } = read;
    if (position === asked) {
      if (step.next !== null) position = step.next;
      coming = step.next === null || isLeaving || slice.isEnding() ? noCall : quietly(ask());
    }
    if (!(await seat.storing)) return "ended";
    store(slice, seat, part, step);
    if (step.next === null) return "done";
    if (coming === noCall) return isLeaving ? { wanted: { ...part, position } } : "ended";
  }
}

// Awaited after the page; until then its failure is nobody's.
function quietly(coming: Promise<Answered>): Promise<Answered> {
  coming.catch(() => undefined);
  return coming;
}

function aheadOf(
  { prepared: { reader } }: ReadingSlice,
  context: ReadContext,
  position: Part["position"],
  answer: Answered,
): Part["position"] | null {
  return answer.kind === "body" ? reader.ahead(context, position, answer.body) : null;
}

/** Begins to store a page. The lane hears of a fault when it waits for the page. */
function store(slice: ReadingSlice, seat: Seat, part: Part, step: Stepped): void {
  seat.storing = keepPage(slice, seat, part, step).then((stored) => {
    seat.isWanted = stored?.isSlotWanted === true;
    return stored !== null;
  });
  const letGo = () => (step.next === null ? slice.queue.letGo(part) : undefined);
  seat.storing.then(letGo, letGo);
}

const noCall: Promise<Answered> = Promise.resolve({ kind: "ended" });

function contextOf({ prepared }: ReadingSlice, part: Part): ReadContext {
  const { settings, run, ready } = prepared;
  return {
    settings,
    mode: run.mode,
    serverVersion: ready.stored.serverVersion,
    cursor: part.cursor,
    partition: { key: part.key, group: part.group },
    pageSize: fullPage,
  };
}

type Read =
  | { readonly kind: "step"; readonly step: Stepped }
  | { readonly kind: "too-large"; readonly reason: string }
  | { readonly kind: "no-records" }
  | Extract<AnswerMeaning, { kind: "retry" | "failed" | "not-available" }>;

function stepOf(
  { prepared: { reader } }: ReadingSlice,
  context: ReadContext,
  position: Part["position"],
  answer: Exclude<Answered, { kind: "ended" }>,
): Read {
  switch (answer.kind) {
    case "body": {
      const step = reader.accept(context, position, answer.body);
      if (step === "no-records") return { kind: "no-records" };
      return step ? { kind: "step", step } : { kind: "retry", reason: "ANSWER_UNREADABLE" };
    }
    case "nothing":
      return { kind: "step", step: reader.pass(context, position, "nothing") };
    case "skip":
      return { kind: "step", step: reader.pass(context, position, answer.reason) };
    case "failed":
      return answer.reason === "ANSWER_TOO_LARGE" ? { kind: "too-large", reason: answer.reason } : answer;
    default:
      return answer;
  }
}

async function keepPage(
  slice: ReadingSlice,
  { slot }: Seat,
  part: Part,
  step: Stepped,
): Promise<StoredPage | null> {
  const { engine, prepared } = slice;
  try {
    const page = { part, step, slot, ...slice.takeUncounted() };
    const stored = await storeReadPage(engine.db, prepared, page, engine.timing.leaseMs);
    slice.hasStored = true;
    slice.lastStoredAt = performance.now();
    slice.noteRenewal();
    slice.isCounted = stored.isCounted;
    if (stored.isSignInStale) slice.finish({ kind: "turn", waitMs: 0 });
    if (step.spawns && step.spawns.length > 0) slice.queue.look();
    return stored;
  } catch (error) {
    const end = await whyStopped(engine.db, prepared.run);
    if (end === undefined && !(error instanceof PageRefused)) throw error;
    slice.abort(sliceEndOf(end));
    return null;
  }
}

/** Ends the run, or leaves the part out if only this request cannot be answered. */
async function endPart(
  slice: ReadingSlice,
  part: Part,
  read: Exclude<Read, { kind: "step" | "retry" }>,
): Promise<PartResult> {
  const { ready } = slice.prepared;
  const facts = { kind: ready.stored.target.kind, scheme: ready.shape.scheme };
  if (read.kind === "not-available") {
    slice.finish({ kind: "over", end: failedAs("not-available") });
    return "ended";
  }
  if (read.kind === "no-records") {
    slice.finish({ kind: "over", end: failedAs("records-not-found") });
    return "ended";
  }
  const words = read.kind === "failed" ? read.words : undefined;
  const isOfThisPart = words !== undefined || read.kind === "too-large";
  if (isOfThisPart && part.group !== null) return leavePart(slice, part, words ?? read.reason);
  const failure = failureReasonOf(read.reason);
  const more = { ...(failure ? { failure } : {}), ...(words === undefined ? {} : { words }) };
  slice.finish({ kind: "over", end: { ...failedAs("server-refuses"), facts: { ...facts, ...more } } });
  return "ended";
}

async function giveUpPart(
  slice: ReadingSlice,
  part: Part,
  reason: string,
  firstErrorAt: number,
): Promise<PartResult> {
  // The other lane reads on, so the server is there: only this part fails.
  if (part.group !== null && !isUnreachable(reason) && slice.lastStoredAt > firstErrorAt) {
    return leavePart(slice, part, reason);
  }
  slice.finish({
    kind: "outage",
    failure: failureReasonOf(reason),
    isUnreachable: isUnreachable(reason),
  });
  return "ended";
}

/** Marks a part as failed: the run ends incomplete, and the next one tries it again from its checkpoint. */
async function leavePart(slice: ReadingSlice, part: Part, reason: string): Promise<PartResult> {
  const { db } = slice.engine;
  const { run } = slice.prepared;
  await db.transaction(async (tx) => {
    const held = await tx
      .update(runs)
      .set({ partitionsFailed: sql`${runs.partitionsFailed} + 1` })
      .where(mayStore(run))
      .returning({ id: runs.id });
    if (held.length === 0) return;
    await tx
      .update(runPartitions)
      .set({ state: "failed", reason: reason.slice(0, 500) })
      .where(sql`${eq(runPartitions.passId, run.passId)} and ${eq(runPartitions.key, part.key)}`);
  });
  slice.queue.letGo(part);
  return "done";
}
