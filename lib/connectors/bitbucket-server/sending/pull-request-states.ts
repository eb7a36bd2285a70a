import type { ItemResult, Move, SendAnswer } from "@/lib/connectors/action-sender";
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
import { get, given, post, pullRequestPath } from "./paths";
import { keptOf, stateInWords } from "./pull-request";
import { errorEntries, refused } from "./refusal";
import { isOlder } from "./server-version";

type Kind = {
  /** The last part of the path. */
  readonly verb: "merge" | "decline" | "reopen";
  readonly from: "OPEN" | "DECLINED";
  readonly to: "MERGED" | "DECLINED" | "OPEN";
  /** "Only open pull requests are merged." */
  readonly rule: string;
  /** A reason not to, in the pull request as it is; else null. */
  readonly judge?: (job: Job, pull: JsonObject) => ItemResult | null;
  /** Whether the server would do it is asked first: its checks, its conflicts. */
  readonly isTested: boolean;
  readonly body: (job: Job) => JsonObject;
};

const path = (job: Job, verb = "") => `${pullRequestPath(job.values)}${verb}`;

/** Merges, declines or reopens: reads the state, and whether the server would do it, then does it at that version. */
function stateSender(kind: Kind) {
  const { verb, from, to, isTested } = kind;
  const read = (job: Job, note: JsonObject = {}): Move => ask("read", get(path(job)), note);
  const change = (job: Job, note: JsonObject): Move => {
    const version = typeof note.version === "number" ? note.version : 0;
    // Versions before 8 read it from the query.
    const isOld = isOlder(job.context.serverVersion, [8, 0]);
    const body = given({ version, ...kind.body(job) });
    return write("written", post(path(job, `/${verb}`), body, isOld ? { version } : {}), note);
  };
  return machine({
    begin: (job) => read(job),
    steps: {
      read: (job, answer, note) => {
        if (answer.kind === "assumed") return change(job, note);
        if (answer.kind !== "done") return done(refused(job, answer));
        const pull = bodyOf(answer);
        if (pull.state === to) return done(already(keptOf(pull)));
        if (pull.state !== from) return done(conflict(`The pull request ${stateInWords(pull)}.`, kind.rule));
        const judged = kind.judge?.(job, pull) ?? null;
        if (judged !== null) return done(judged);
        const next = { ...note, version: pull.version };
        return isTested ? ask("tested", get(path(job, `/${verb}`)), next) : change(job, next);
      },
      tested: (job, answer, note) => {
        if (answer.kind === "assumed") return change(job, note);
        if (answer.kind !== "done") return done(refused(job, answer));
        const test = bodyOf(answer);
        const reasons = reasonsIn(test);
        if (test.canMerge !== false && reasons.length === 0) return change(job, note);
        return done(
          vetoed(null, reasons.length > 0 ? reasons : ["The server says that it cannot be merged."]),
        );
      },
      written: (job, answer, note) => {
        if (isDone(answer)) return done(sent(answer, keptOf(bodyOf(answer))));
        const reasons = errorEntries(answer).flatMap(reasonsIn);
        if (reasons.length > 0) return done(vetoed(statusOf(answer), [...wordsOf(answer), ...reasons]));
        const isFirst = answer.kind === "rejected" && answer.status === 409 && note.again !== true;
        return isFirst ? read(job, { again: true }) : done(refused(job, answer));
      },
    },
  });
}

function reasonsIn({ vetoes, conflicted }: JsonObject): string[] {
  const words = (veto: Json) => {
    const { summaryMessage, detailedMessage } = asObject(veto);
    return String(detailedMessage ?? summaryMessage ?? "A merge check objects.").slice(0, 300);
  };
  const said = Array.isArray(vetoes) ? vetoes.map(words) : [];
  return conflicted === true ? [...said, "Its changes conflict with the target branch."] : said;
}

const statusOf = (answer: SendAnswer) => (answer.kind === "rejected" ? answer.status : null);
const wordsOf = (answer: SendAnswer) =>
  answer.kind === "rejected" ? answer.problems.map(({ message }) => message) : [];

function vetoed(status: number | null, reasons: readonly string[]): ItemResult {
  const problems = [...new Set(reasons)].map((message) => ({ field: null, message }));
  const cure = "Set right in Bitbucket what the merge checks name, then retry.";
  return { result: "rejected", status, problems, cure };
}

function isAtCommit({ values }: Job, { fromRef }: JsonObject): ItemResult | null {
  const { commit } = values;
  const tip = String(asObject(fromRef).latestCommit ?? "");
  if (typeof commit !== "string" || commit.toLowerCase() === tip.toLowerCase()) return null;
  return conflict(
    `Its branch ends at ${tip.slice(0, 12)} now, not at ${commit.slice(0, 12)}.`,
    "Nothing was merged. Look at the newer commits, then map the new commit.",
  );
}

export const mergeSender = stateSender({
  ...{ verb: "merge", from: "OPEN", to: "MERGED", isTested: true },
  rule: "Only open pull requests are merged. Reopen it first, or skip the record.",
  judge: isAtCommit,
  body: ({ values }) => given({ message: values.message, strategyId: values.strategy }),
});

export const declineSender = stateSender({
  ...{ verb: "decline", from: "OPEN", to: "DECLINED", isTested: false },
  rule: "Only open pull requests are declined. Skip the record.",
  body: () => ({}),
});

export const reopenSender = stateSender({
  ...{ verb: "reopen", from: "DECLINED", to: "OPEN", isTested: false },
  rule: "Only declined pull requests are reopened. Skip the record.",
  body: () => ({}),
});
