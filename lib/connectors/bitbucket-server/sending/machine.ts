import type {
  ActionSender,
  Call,
  Item,
  ItemResult,
  Move,
  SendAnswer,
  SendContext,
} from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";

/** One record on its way. */
export type Job = { readonly context: SendContext; readonly item: Item; readonly values: Item["values"] };

/** Takes the answer to the call that named this step; `note` is what was noted with the call. */
export type Step = (job: Job, answer: SendAnswer, note: JsonObject) => Move;
export type GroupStep = (jobs: readonly Job[], answer: SendAnswer, note: JsonObject) => Move;

/** The machine of an action that sends each record by itself. */
export function machine(parts: {
  readonly begin: (job: Job) => Move;
  readonly steps: Readonly<Record<string, Step>>;
}): ActionSender {
  const steps = Object.entries(parts.steps).map(([name, step]): [string, GroupStep] => [
    name,
    (jobs, answer, note) => step(only(jobs), answer, note),
  ]);
  return groupMachine({ begin: (jobs) => parts.begin(only(jobs)), steps: Object.fromEntries(steps) });
}

/** The machine of an action that sends several records with one call. */
export function groupMachine(parts: {
  readonly begin: (jobs: readonly Job[]) => Move;
  readonly steps: Readonly<Record<string, GroupStep>>;
}): ActionSender {
  const jobsOf = (context: SendContext, items: readonly Item[]) =>
    items.map((item): Job => ({ context, item, values: item.values }));
  return {
    begin: (context, items) => parts.begin(jobsOf(context, items)),
    next: (context, items, { step, note }, answer) => {
      const found = typeof step === "string" && Object.hasOwn(parts.steps, step) ? parts.steps[step] : null;
      if (!found) throw new Error(`No step ${String(step)} in ${context.action}`);
      return found(jobsOf(context, items), answer, asObject(note));
    },
  };
}

function only(jobs: readonly Job[]): Job {
  const [job, ...others] = jobs;
  if (!job || others.length > 0) throw new Error("This action sends one record at a time");
  return job;
}

/** Looks something up; its answer goes to that step, together with the note. */
export function ask(step: string, call: Call, note: JsonObject = {}): Move {
  return { kind: "ask", call, state: { step, note } };
}

/** Changes something. `of`: the indexes of the records that it is for; the only one if left out. */
export function write(step: string, call: Call, note: JsonObject = {}, of: readonly number[] = [0]): Move {
  return { kind: "write", call, state: { step, note }, of };
}

/** The end: one result per record, in their order. */
export function done(...results: readonly ItemResult[]): Move {
  return { kind: "done", results };
}

/** The call was done, or counts as done in a dry run. */
export function isDone(answer: SendAnswer): answer is Extract<SendAnswer, { kind: "done" | "assumed" }> {
  return answer.kind === "done" || answer.kind === "assumed";
}

/** The body of an answer if it is an object; an empty one for every other answer. */
export function bodyOf(answer: SendAnswer): JsonObject {
  return answer.kind === "done" || answer.kind === "rejected" ? asObject(answer.body) : {};
}

/** Any value as an object; an empty one for what is none. */
export function asObject(value: unknown): JsonObject {
  // Bodies come from JSON: what is an object there holds JSON.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** Written by this call. `keep` is what a later sending needs and people want to see. */
export function sent(answer: SendAnswer, keep: JsonObject): ItemResult {
  return { result: "sent", status: answer.kind === "done" ? answer.status : 200, answer: keep };
}

/** It stands there as it should. */
export function already(keep: JsonObject): ItemResult {
  return { result: "already", answer: keep };
}

/** Rejected by ourselves, after a look-up. */
export function conflict(message: string, cure: string | null = null): ItemResult {
  return { result: "rejected", status: null, problems: [{ field: null, message }], cure };
}

/** An earlier call may have done it, and nothing on the server tells. */
export function unknown(message: string, cure: string | null = null): ItemResult {
  return { result: "unknown", status: null, problems: [{ field: null, message }], cure };
}
