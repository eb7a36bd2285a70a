import type {
  AnswerMeaning,
  Group,
  GroupState,
  JsonObject,
  KnownGroup,
  PartitionStart,
  ReadContext,
  SkipReason,
  Step,
  StreamCall,
  StreamReader,
  StreamRecord,
} from "@/lib/connectors/stream-reader";
import type { SourceSettings } from "@/lib/connectors/streams";

/** What a data set would hold: kept in memory, for tests of readers. */
export type ReadState = {
  readonly records: Map<string, StreamRecord>;
  readonly groups: Map<string, KnownGroup>;
  readonly cursors: Map<string, JsonObject>;
};

export type ReadResult = {
  readonly calls: readonly StreamCall[];
  readonly skipped: readonly { readonly key: string; readonly reason: SkipReason }[];
  readonly failed: readonly { readonly key: string; readonly meaning: AnswerMeaning | "no-records" | null }[];
  readonly deleted: readonly string[];
  /** Keys that came more than once. */
  readonly repeated: number;
  readonly unusable: number;
  /** The calls that were known before the records of the answer before them were read. */
  readonly askedAhead: number;
};

export type Ask = (call: StreamCall) => AnswerMeaning | Promise<AnswerMeaning>;

/** An empty data set. */
export function emptyState(): ReadState {
  return { records: new Map(), groups: new Map(), cursors: new Map() };
}

// What the engine asks for ahead is what the records' step then names.
function requireAsAhead(ahead: JsonObject | null, step: Step | "no-records" | null): void {
  if (ahead === null) return;
  const next = typeof step === "object" ? (step?.next ?? null) : null;
  if (JSON.stringify(ahead) === JSON.stringify(next)) return;
  throw new Error(
    `asked ahead for ${JSON.stringify(ahead)}, but the step goes on at ${JSON.stringify(next)}`,
  );
}

type Partition = { readonly start: PartitionStart; state: "done" | "skipped" | "failed" };

/**
 * Reads a stream as the engine does, one call after the other and without a database: a loop around the reader. Positions
 * go through JSON, as they do between two steps of a run.
 */
export async function readStream(
  reader: StreamReader,
  settings: SourceSettings,
  ask: Ask,
  state: ReadState,
  options: {
    mode?: "all" | "new";
    pageSize?: number;
    serverVersion?: string | null;
    isSnapshot?: boolean;
  } = {},
): Promise<ReadResult> {
  const { mode = "new", pageSize = 1000, serverVersion = "9.4.3", isSnapshot = false } = options;
  const comparesAll = isSnapshot || mode === "all" || state.cursors.size === 0;
  const calls: StreamCall[] = [];
  const skipped: { key: string; reason: SkipReason }[] = [];
  const failed: { key: string; meaning: AnswerMeaning | "no-records" | null }[] = [];
  const seen = new Map<string, string | null>();
  const met = new Set<string>();
  const deleted: string[] = [];
  const cursors = new Map<string, JsonObject>();
  const partitions = new Map<string, Partition>();
  let repeated = 0;
  let unusable = 0;
  let askedAhead = 0;
  const groupStates = new Map<string, GroupState>();

  const ofParent = new Map<string, Set<string>>();
  const noteParent = ({ key, parent }: StreamRecord) => {
    if (parent === null) return;
    const known = ofParent.get(parent) ?? new Set();
    ofParent.set(parent, known.add(key));
  };
  for (const record of state.records.values()) noteParent(record);
  const remove = (key: string) => {
    if (state.records.delete(key)) deleted.push(key);
  };
  const take = (step: Step) => {
    for (const record of step.records) {
      if (seen.has(record.key)) repeated += 1;
      seen.set(record.key, record.group);
      state.records.set(record.key, record);
      noteParent(record);
    }
    for (const group of step.groups ?? []) meet(group);
    for (const start of step.spawns ?? []) add(start);
    for (const { parent, keys } of step.completes ?? []) {
      const kept = new Set(keys);
      for (const key of ofParent.get(parent) ?? []) if (!kept.has(key)) remove(key);
    }
    unusable += step.unusable ?? 0;
  };
  const meet = (group: Group) => {
    met.add(group.id);
    state.groups.set(group.id, { ...group, state: "readable" });
  };
  const queue: PartitionStart[] = [];
  const add = (start: PartitionStart) => {
    if (partitions.has(start.key)) return;
    partitions.set(start.key, { start, state: "failed" });
    queue.push(start);
  };

  const work = async () => {
    for (let start = queue.shift(); start !== undefined; start = queue.shift()) {
      const partition = partitions.get(start.key);
      if (partition === undefined) continue;
      const context: ReadContext = {
        settings,
        mode,
        serverVersion,
        cursor: mode === "all" ? null : (state.cursors.get(start.key) ?? null),
        partition: { key: start.key, group: start.group },
        pageSize,
      };
      let position: JsonObject | null = start.position;
      const whole = new Set<string>();
      while (position !== null) {
        if (calls.length > 200_000) throw new Error("the reader does not end");
        const at: JsonObject = JSON.parse(JSON.stringify(position));
        const call = reader.callFor(context, at);
        calls.push(call);
        const meaning = await ask(call);
        let step: (Step & { readonly skipped?: SkipReason }) | "no-records" | null = null;
        if (meaning.kind === "body") {
          const ahead = reader.ahead(context, at, meaning.body);
          step = reader.accept(context, at, meaning.body);
          requireAsAhead(ahead, step);
          if (ahead !== null) askedAhead += 1;
        } else if (meaning.kind === "nothing") step = reader.pass(context, at, "nothing");
        else if (meaning.kind === "skip") step = reader.pass(context, at, meaning.reason);
        if (step === null || step === "no-records") {
          failed.push({ key: start.key, meaning: meaning.kind === "body" ? step : meaning });
          break;
        }
        take(step);
        if (step.readsAll) for (const { key } of step.records) whole.add(key);
        if (step.readsAll && step.next === null) {
          for (const one of [...state.records.values()]) {
            if (one.group === start.group && !whole.has(one.key)) remove(one.key);
          }
        }
        if (step.groupState !== undefined && start.group !== null)
          groupStates.set(start.group, step.groupState);
        if (step.skipped !== undefined) skipped.push({ key: start.key, reason: step.skipped });
        if (step.next === null) {
          partition.state = step.skipped === undefined ? "done" : "skipped";
          if (step.cursor !== undefined && step.cursor !== null) cursors.set(start.key, step.cursor);
        }
        position = step.next;
      }
    }
  };

  add(reader.start(settings));
  await work();
  for (const group of state.groups.values()) {
    if (met.has(group.id) || group.state === "gone") continue;
    const start = reader.find(settings, group);
    if (start !== null) add(start);
  }
  await work();

  for (const [id, groupState] of groupStates) {
    const known = state.groups.get(id);
    if (known !== undefined) state.groups.set(id, { ...known, state: groupState });
    if (groupState !== "gone") continue;
    for (const one of [...state.records.values()]) if (one.group === id) remove(one.key);
  }
  const isDone = (group: string | null) => {
    const own = [...partitions.values()].filter(({ start }) => start.group === group);
    return own.length > 0 && own.every((one) => one.state === "done");
  };
  if (comparesAll) {
    for (const one of [...state.records.values()]) {
      const isRead = isDone(one.group) && !(one.group !== null && groupStates.has(one.group));
      if (isRead && !seen.has(one.key)) remove(one.key);
    }
  }
  for (const [key, cursor] of cursors)
    if (isDone(partitions.get(key)?.start.group ?? null)) state.cursors.set(key, cursor);
  return { calls, skipped, failed, deleted, repeated, unusable, askedAhead };
}
