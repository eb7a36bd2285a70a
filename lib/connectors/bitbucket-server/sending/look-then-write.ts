import type { ActionSender, Call, ItemResult, Move, SendAnswer } from "@/lib/connectors/action-sender";
import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import {
  already,
  ask,
  asObject,
  bodyOf,
  conflict,
  done,
  isDone,
  type Job,
  machine,
  sent,
  write,
} from "./machine";
import { lacksPlace, refused } from "./refusal";

/** What a look-up found. */
export type Verdict =
  | { readonly kind: "absent" }
  /** It stands there as it should; the answer to keep. */
  | { readonly kind: "already"; readonly answer: JsonObject }
  /** It stands there otherwise, and is written over: `found` goes to `write`. */
  | { readonly kind: "differs"; readonly found: JsonObject }
  /** It stands there otherwise, and cannot be written over. */
  | { readonly kind: "conflict"; readonly message: string; readonly cure?: string }
  /** The answer does not tell yet: the next page. */
  | { readonly kind: "look"; readonly call: Call };

export type LookThenWrite = {
  /** The look-up; null to write at once. */
  readonly look: (job: Job) => Call | null;
  /** Reads the look-up's answer: 2xx only. */
  readonly judge: (job: Job, body: unknown) => Verdict;
  /** What a 404 of the look-up means, other than a missing repository or pull request; absent if left out. */
  readonly judgeMissing?: (job: Job, answer: SendAnswer) => Verdict;
  /** `found` is null if nothing stands there. */
  readonly write: (job: Job, found: JsonObject | null) => Call;
  /** What to keep of the write's answer; an empty body in a dry run. */
  readonly keep: (job: Job, body: JsonObject) => JsonObject;
  /** A result for a refusal of the write that means something else, such as a 409 of what stands already; else null. */
  readonly readRefusal?: (job: Job, answer: SendAnswer) => ItemResult | Move | null;
};

/** The machine of an action that looks first, writes what is missing or differs, and reads the answer. */
export function lookThenWrite(parts: LookThenWrite): ActionSender {
  const put = (job: Job, found: JsonObject | null) => write("written", parts.write(job, found));
  const follow = (job: Job, verdict: Verdict): Move => {
    switch (verdict.kind) {
      case "absent":
        return put(job, null);
      case "differs":
        return put(job, verdict.found);
      case "already":
        return done(already(verdict.answer));
      case "conflict":
        return done(conflict(verdict.message, verdict.cure ?? null));
      case "look":
        return ask("looked", verdict.call);
    }
  };
  return machine({
    begin: (job) => {
      const call = parts.look(job);
      return call === null ? put(job, null) : ask("looked", call);
    },
    steps: {
      looked: (job, answer) => {
        if (answer.kind === "assumed") return put(job, null);
        if (answer.kind === "done") return follow(job, parts.judge(job, answer.body));
        if (answer.kind !== "missing" || lacksPlace(answer)) return done(refused(job, answer));
        return follow(job, parts.judgeMissing?.(job, answer) ?? { kind: "absent" });
      },
      written: (job, answer) => {
        if (isDone(answer)) return done(sent(answer, parts.keep(job, bodyOf(answer))));
        const read = parts.readRefusal?.(job, answer) ?? null;
        if (read === null) return done(refused(job, answer));
        return "kind" in read ? read : done(read);
      },
    },
  });
}

/** The machine of an action that the server itself keeps single: sending it again writes the same over it. */
export function upsert(parts: {
  readonly write: (job: Job) => Call;
  readonly keep: (job: Job, body: JsonObject) => JsonObject;
}): ActionSender {
  return lookThenWrite({ ...parts, look: () => null, judge: () => ({ kind: "absent" }) });
}

/** The values of an answer that are there, for what is kept of it: texts cut to 300 characters. */
export function picked(body: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const value = body[name];
      if (typeof value === "string") return [[name, value.slice(0, 300)]];
      return typeof value === "number" || typeof value === "boolean" ? [[name, value]] : [];
    }),
  );
}

/** The address of a thing on the server's pages, from its `links`; undefined if there is none. */
export function linkOf(body: JsonObject): string | undefined {
  const { self } = asObject(body.links);
  const href = Array.isArray(self) ? asObject(self[0]).href : undefined;
  return typeof href === "string" ? href.slice(0, 450) : undefined;
}
