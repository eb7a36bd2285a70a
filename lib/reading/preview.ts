import "server-only";
import type { Actor } from "@/lib/actor";
import { readerOf } from "@/lib/connectors/sources";
import type {
  AnswerMeaning,
  JsonObject,
  PartitionStart,
  Position,
  ReadContext,
  Step,
  StreamCall,
  StreamReader,
} from "@/lib/connectors/stream-reader";
import type { SourceSettings } from "@/lib/connectors/streams";
import type { CheckedAllowance } from "@/lib/connectors/types";
import type { Db } from "@/lib/db/types";
import { type Estimate, estimateOf } from "./estimate";
import { brokenAnswer, failureWords, noRecordsThere, type ReadingFailure } from "./failure-words";
import { withSourceSession } from "./session";

/** A small sample of what a source will read. Nothing of it is stored. */
export type Preview = {
  readonly records: readonly JsonObject[];
  readonly estimate: Estimate;
  readonly calls: number;
  /** Records without a key: a run leaves them out. */
  readonly unusable: number;
  /** Repositories or projects among those asked that the account may not read, by their names. */
  readonly unreadable: readonly string[];
};

type Previewed =
  | { readonly ok: true; readonly preview: Preview }
  | { readonly ok: false; readonly failure: ReadingFailure };

const mostCalls = 5;
const sampleSize = 25;
// The start lists the repositories or projects: one large page counts them in one request.
const startPageSize = 1000;

/**
 * Reads a sample with the credential, in at most five requests. `allowance` is the account's, as the latest check found
 * it.
 */
export async function previewSource(
  db: Db,
  actor: Actor,
  credentialId: string,
  settings: SourceSettings,
  allowance: CheckedAllowance | null,
): Promise<Previewed> {
  const session = await withSourceSession(db, actor, credentialId, (ask, about) =>
    readSample(readerOf(about.kind), settings, about.serverVersion, allowance, ask),
  );
  return session.ok ? session.value : session;
}

type Ask = (call: StreamCall) => Promise<AnswerMeaning>;
type Pending = { readonly partition: PartitionStart; readonly position: Position };

/** The sampling alone, for any way to ask. */
export async function readSample(
  reader: StreamReader,
  settings: SourceSettings,
  serverVersion: string | null,
  allowance: CheckedAllowance | null,
  ask: Ask,
): Promise<Previewed> {
  const start = reader.start(settings);
  let pending: Pending[] = [{ partition: start, position: start.position }];
  const records: JsonObject[] = [];
  const unreadable: string[] = [];
  const learned = {
    startCalls: 0,
    startIsGroup: start.group !== null,
    startIsOver: false,
    groups: 0,
    startRecords: 0,
    groupsGoOn: false,
  };
  let calls = 0;
  let unusable = 0;
  while (calls < mostCalls && records.length < sampleSize) {
    const [next, ...rest] = pending;
    if (!next) break;
    const { partition, position } = next;
    const isStart = partition.key === start.key;
    const context: ReadContext = {
      settings,
      mode: "all",
      serverVersion,
      cursor: null,
      partition: { key: partition.key, group: partition.group },
      pageSize: isStart ? startPageSize : sampleSize,
    };
    calls += 1;
    const meaning = await ask(reader.callFor(context, position));
    const step = stepOf(reader, context, position, meaning, isStart);
    if ("failure" in step) return { ok: false, failure: step.failure };
    if (step.isSkipped) unreadable.push(partition.label);
    const { taken } = step;
    unusable += taken.unusable ?? 0;
    records.push(...taken.records.map(({ data }) => data));
    const spawned = (taken.spawns ?? []).map((one) => ({ partition: one, position: one.position }));
    const further = taken.next === null ? [] : [{ partition, position: taken.next }];
    if (isStart) {
      learned.startCalls += 1;
      learned.startIsOver = taken.next === null;
      learned.groups += spawned.length;
      learned.startRecords += taken.records.length;
    } else if (taken.next !== null || spawned.length > 0) {
      learned.groupsGoOn = true;
    }
    // Depth first: a sample of one repository's records says more than the names of further repositories.
    pending = [...spawned, ...further, ...rest];
  }
  const estimate = estimateOf(learned, allowance);
  return {
    ok: true,
    preview: { records: records.slice(0, sampleSize), estimate, calls, unusable, unreadable },
  };
}

type Taken = { readonly taken: Step; readonly isSkipped: boolean } | { readonly failure: ReadingFailure };

// What one repository's answer lacks does not end a sample; what concerns the whole stream does.
function stepOf(
  reader: StreamReader,
  context: ReadContext,
  position: Position,
  meaning: AnswerMeaning,
  isStart: boolean,
): Taken {
  if (meaning.kind === "body") {
    const taken = reader.accept(context, position, meaning.body);
    if (taken === "no-records") return { failure: noRecordsThere };
    return taken ? { taken, isSkipped: false } : { failure: brokenAnswer };
  }
  if (meaning.kind === "nothing") {
    return { taken: reader.pass(context, position, "nothing"), isSkipped: false };
  }
  if (meaning.kind === "skip" && !isStart) {
    return {
      taken: reader.pass(context, position, meaning.reason),
      isSkipped: meaning.reason === "no-right",
    };
  }
  return { failure: failureWords(meaning) };
}
