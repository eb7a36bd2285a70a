import type { Move } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { branchName } from "../actions/ref-names";
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
  type Step,
  sent,
  write,
} from "./machine";
import { get, given, pullRequestPath, put } from "./paths";
import { hasDrafts, keptOf, refOf, reviewersOf, stateInWords } from "./pull-request";
import { isOutOfDate, refused } from "./refusal";

/** The values that a pull request should have; those left out stay as they are. */
export type Wanted = {
  readonly title?: string;
  readonly description?: string;
  readonly reviewers?: readonly string[];
  readonly target?: string;
  readonly draft?: boolean;
};

/** The wanted values in a record. */
export function wantedIn(job: Job, target: "target" | "to"): Wanted {
  const { title, description, reviewers, draft, [target]: branch } = job.values;
  return {
    ...(typeof title === "string" ? { title } : {}),
    ...(typeof description === "string" ? { description } : {}),
    ...(Array.isArray(reviewers) ? { reviewers: reviewers.map(String) } : {}),
    ...(typeof branch === "string" ? { target: `refs/heads/${branchName(branch)}` } : {}),
    ...(typeof draft === "boolean" && hasDrafts(job) ? { draft } : {}),
  };
}

/** A draft where there are none would be a finished pull request. */
export function lacksDrafts(job: Job): boolean {
  return job.values.draft === true && !hasDrafts(job);
}

export const noDrafts = conflict(
  "This server has no drafts: they came with Bitbucket 8.18.",
  "Do not send “Draft”, or update the server.",
);

/** Line ends as the server keeps them. */
const lines = (text: string) => text.replace(/\r\n?/g, "\n");

function isAsWanted(pull: JsonObject, wanted: Wanted): boolean {
  const { title, description, reviewers, target, draft } = wanted;
  const names = (list: readonly string[]) =>
    [...new Set(list.map((name) => name.toLowerCase()))].sort().join("\n");
  return (
    (title === undefined || title === pull.title) &&
    (description === undefined || lines(description) === lines(String(pull.description ?? ""))) &&
    (reviewers === undefined || names(reviewers) === names(reviewersOf(pull))) &&
    (target === undefined || target === refOf(pull.toRef).branch) &&
    (draft === undefined || draft === (pull.draft === true))
  );
}

/** The whole of what can be changed: what the server is not sent, such as reviewers, it removes. */
function bodyFor(pull: JsonObject, { title, description, reviewers, target, draft }: Wanted) {
  const { slug, project } = asObject(asObject(pull.toRef).repository);
  const isMoved = target !== undefined && target !== refOf(pull.toRef).branch;
  const toRef = given({
    id: target,
    repository:
      slug === undefined ? undefined : given({ slug, project: given({ key: asObject(project).key }) }),
  });
  return given({
    version: typeof pull.version === "number" ? pull.version : 0,
    title: title ?? pull.title,
    description: description ?? pull.description,
    reviewers: (reviewers ?? reviewersOf(pull)).map((name) => ({ user: { name } })),
    draft: draft ?? pull.draft,
    toRef: isMoved ? toRef : undefined,
  });
}

type Parts = {
  readonly path: (job: Job) => string;
  readonly wanted: (job: Job) => Wanted;
  /** Another end, after a look at the pull request as it is; else null. */
  readonly judge?: (job: Job, pull: JsonObject) => Move | null;
  /** What follows if it does not exist any more. */
  readonly missing?: (job: Job) => Move;
};

/** Reads the pull request, for the steps of `changeSteps`. */
export function readPull(path: string, note: JsonObject = {}): Move {
  return ask("read", get(path), note);
}

/** The steps that bring an open pull request to the wanted values; if it is changed meanwhile, once more. */
export function changeSteps({
  path,
  wanted,
  judge,
  missing,
}: Parts): Readonly<Record<"read" | "changed", Step>> {
  const change = (job: Job, pull: JsonObject, note: JsonObject) =>
    write("changed", put(path(job), bodyFor(pull, wanted(job))), note);
  return {
    read: (job, answer, note) => {
      if (answer.kind === "assumed") return change(job, {}, note);
      if (answer.kind === "missing" && missing) return missing(job);
      if (answer.kind !== "done") return done(refused(job, answer));
      const pull = bodyOf(answer);
      const judged = judge?.(job, pull) ?? null;
      if (judged !== null) return judged;
      if (isAsWanted(pull, wanted(job))) return done(already(keptOf(pull)));
      if (pull.state === "OPEN" || pull.state === undefined) return change(job, pull, note);
      const cure = "Only open pull requests are changed. Reopen it first, or skip the record.";
      return done(conflict(`The pull request ${stateInWords(pull)}.`, cure));
    },
    changed: (job, answer, note) => {
      if (isDone(answer)) return done(sent(answer, keptOf(bodyOf(answer))));
      if (isOutOfDate(answer) && note.again !== true) return readPull(path(job), { again: true });
      return done(refused(job, answer));
    },
  };
}

const path = ({ values }: Job) => pullRequestPath(values);

/** Changes an open pull request. */
export const changePullRequestSender = machine({
  begin: (job) => (lacksDrafts(job) ? done(noDrafts) : readPull(path(job))),
  steps: changeSteps({ path, wanted: (job) => wantedIn(job, "target") }),
});
