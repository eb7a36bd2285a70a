import type { ActionSender, ItemResult, Move, SendAnswer } from "@/lib/connectors/action-sender";
import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { reportPath } from "./insights";
import {
  already,
  ask,
  asObject,
  bodyOf,
  conflict,
  done,
  groupMachine,
  isDone,
  type Job,
  sent,
  unknown,
  write,
} from "./machine";
import { commitPage, get, given, post, put } from "./paths";
import { namesException, refused } from "./refusal";

/** The server's own limit for a report; over it, a whole call is refused. */
const mostPerReport = 1000;

/** What is still to be done, by the indexes of the records, and what became of the others. */
type Plan = {
  readonly add: readonly number[];
  readonly replace: readonly number[];
  readonly results: readonly (ItemResult | null)[];
  readonly hasReport: boolean;
};

/**
 * Sends the annotations of one report. The server keeps none of them single, but those with an id of their sender's can
 * be read back and replaced one by one: what stands is asked first, and nothing is removed.
 */
export const codeInsightsAnnotationSender: ActionSender = groupMachine({
  begin: (jobs) => ask("listed", get(`${pathOf(jobs)}/annotations`)),
  steps: {
    listed: (jobs, answer) => {
      if (answer.kind === "done") return go(jobs, planOf(jobs, bodyOf(answer)));
      const isPlaceless = namesException(answer, /NoSuch(?:Project|Repository|Commit|Changeset)/i);
      const isEmpty = answer.kind === "assumed" || (answer.kind === "missing" && !isPlaceless);
      if (!isEmpty) return done(...jobs.map((job) => refused(job, answer)));
      return go(jobs, { ...planOf(jobs, { annotations: [] }), hasReport: false });
    },
    reported: (jobs, answer, note) => {
      const plan = planIn(note);
      if (isDone(answer)) return go(jobs, { ...plan, hasReport: true });
      return finish(jobs, plan, (job) => refused(job, answer));
    },
    added: (jobs, answer, note) => afterAdding(jobs, answer, planIn(note)),
    replaced: (jobs, answer, note) => {
      const plan = planIn(note);
      const [index = -1, ...replace] = plan.replace;
      const job = jobs[index];
      if (!job) throw new Error("No annotation was replaced");
      const result = isDone(answer) ? sent(answer, keep(job)) : refused(job, answer);
      return go(jobs, { ...plan, replace, results: plan.results.with(index, result) });
    },
  },
});

/** The next call: the report, if it is missing, then all new annotations at once, then the changed ones. */
function go(jobs: readonly Job[], plan: Plan): Move {
  const [first] = jobs;
  if (plan.add.length > 0 && !plan.hasReport && first) {
    const { report, reportTitle } = first.values;
    const body = { title: reportTitle ?? report ?? "", data: [] };
    return write("reported", put(pathOf(jobs), body), noteOf(plan), plan.add);
  }
  if (plan.add.length > 0) {
    const annotations = plan.add.flatMap((index) => {
      const job = jobs[index];
      return job ? [{ externalId: externalIdOf(job), ...annotationOf(job) }] : [];
    });
    return write("added", post(`${pathOf(jobs)}/annotations`, { annotations }), noteOf(plan), plan.add);
  }
  const [index = -1] = plan.replace;
  const job = jobs[index];
  if (job) {
    const path = `${pathOf(jobs)}/annotations/${externalIdOf(job)}`;
    return write("replaced", put(path, annotationOf(job)), noteOf(plan), [index]);
  }
  return finish(jobs, plan, () => unknown("The annotation was not sent."));
}

/** Which records the server has, and which it has otherwise. */
function planOf(jobs: readonly Job[], { annotations }: JsonObject): Plan {
  const list = (Array.isArray(annotations) ? annotations : []).map(asObject);
  const standing = new Map(list.map((one) => [one.externalId, one]));
  let room = mostPerReport - list.length;
  const add: number[] = [];
  const replace: number[] = [];
  const results = jobs.map((job, index): ItemResult | null => {
    const stands = standing.get(externalIdOf(job));
    if (stands && isSame(annotationOf(job), stands)) return already(keep(job));
    if (stands) replace.push(index);
    else if (room > 0) {
      room -= 1;
      add.push(index);
    } else return tooMany(list.length);
    return null;
  });
  return { add, replace, results, hasReport: true };
}

const tooMany = (count: number): ItemResult =>
  conflict(
    `A report holds at most ${mostPerReport} annotations, and this one has ${count} already.`,
    "Spread the annotations over several reports.",
  );

/** One bad annotation has the whole call refused: those that the server names are rejected, the others sent again. */
function afterAdding(jobs: readonly Job[], answer: SendAnswer, plan: Plan): Move {
  const results = [...plan.results];
  if (isDone(answer)) {
    for (const index of plan.add) {
      const job = jobs[index];
      if (job) results[index] = sent(answer, keep(job));
    }
    return go(jobs, { ...plan, add: [], results });
  }
  const named = answer.kind === "rejected" ? answer.problems.map(({ field }) => placeIn(field)) : [];
  const isNamed = named.some((at) => plan.add[at] !== undefined);
  for (const [at, index] of plan.add.entries()) {
    const job = jobs[index];
    if (!job || (isNamed && !named.includes(at))) continue;
    const own = isNamed && answer.kind === "rejected" ? problemsAt(answer, at) : answer;
    results[index] = refused(job, own);
  }
  const add = isNamed ? plan.add.filter((_index, at) => !named.includes(at)) : [];
  return go(jobs, { ...plan, add, results });
}

type Rejected = Extract<SendAnswer, { kind: "rejected" }>;

function problemsAt(answer: Rejected, at: number): Rejected {
  const problems = answer.problems
    .filter(({ field }) => placeIn(field) === at)
    .map(({ field, message }) => ({
      field: (field ?? "").replace(/^annotations[.[]\d+\]?\.?/, "") || null,
      message,
    }));
  return { ...answer, problems };
}

/** "annotations[3].message" and "annotations.3.message" are about the fourth annotation. */
function placeIn(field: string | null): number {
  const [, at] = /^annotations[.[](\d{1,6})\b/.exec(field ?? "") ?? [];
  return at === undefined ? -1 : Number(at);
}

function finish(jobs: readonly Job[], { results }: Plan, others: (job: Job) => ItemResult): Move {
  return done(...jobs.map((job, index) => results[index] ?? others(job)));
}

function pathOf([job]: readonly Job[]): string {
  if (!job) throw new Error("No annotation");
  return reportPath(job.values, job.values.report);
}

/** Ours alone: other senders of the same report have other ids, and keep theirs. */
function externalIdOf({ item }: Job): string {
  return `latchkey-${item.marker}`;
}

function annotationOf({ values }: Job): Readonly<Record<string, Json>> {
  const { message, severity, path, line, type, link } = values;
  return given({ message, severity, path, line, type, link });
}

function isSame(wanted: Readonly<Record<string, Json>>, stands: JsonObject): boolean {
  return ["message", "severity", "path", "line", "type", "link"].every(
    (name) =>
      (wanted[name] ?? null) === (stands[name] ?? null) || (name === "line" && isNoLine(wanted, stands)),
  );
}

/** The server may answer 0 for a file as a whole. */
function isNoLine(wanted: JsonObject, stands: JsonObject): boolean {
  return (wanted.line ?? 0) === 0 && (stands.line ?? 0) === 0;
}

function keep(job: Job): JsonObject {
  const { values } = job;
  return given({ externalId: externalIdOf(job), report: values.report, page: commitPage(values) });
}

function noteOf(plan: Plan): JsonObject {
  return { plan };
}

function planIn({ plan }: JsonObject): Plan {
  // Made by `noteOf`, and handed back unchanged.
  return plan as unknown as Plan;
}
