import type { Move } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { branchName } from "../actions/ref-names";
import { listCall, readList } from "./lists";
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
import { get, given, post, repositoryPath, segment } from "./paths";
import { keptOf, placeName, refOf, stateInWords } from "./pull-request";
import { changeSteps, lacksDrafts, noDrafts, readPull, wantedIn } from "./pull-request-change";
import { errorEntries, refused } from "./refusal";

/** Opens pull requests, each once: an open one between the same branches is that one. */

/** Where the branch with the changes is: a fork, or the repository itself. */
function sourceOf({ values }: Job) {
  const { project = "", repository = "", fromProject = project, fromRepository = repository } = values;
  return { project: fromProject, repository: fromRepository };
}

const branchOf = (value: unknown) => `refs/heads/${branchName(String(value ?? ""))}`;

function look(job: Job, start = 0): Move {
  const query = { state: "OPEN", direction: "OUTGOING", at: branchOf(job.values.from) };
  return ask("looked", listCall(`${repositoryPath(sourceOf(job))}/pull-requests`, query, start));
}

function isBetween(job: Job) {
  const { project, repository, from, to } = job.values;
  const source = sourceOf(job);
  return (pull: JsonObject) => {
    const found = { from: refOf(pull.fromRef), to: refOf(pull.toRef) };
    return (
      found.from.branch === branchOf(from) &&
      found.to.branch === branchOf(to) &&
      found.from.place === placeName(source.project, source.repository) &&
      found.to.place === placeName(project, repository)
    );
  };
}

function open(job: Job): Move {
  const { project = "", repository = "", from, to } = job.values;
  const source = sourceOf(job);
  const { title, description, reviewers, draft } = wantedIn(job, "to");
  const ref = (branch: unknown, place: typeof source) => ({
    id: branchOf(branch),
    repository: given({ slug: place.repository, project: given({ key: place.project }) }),
  });
  const body = given({
    title,
    description,
    fromRef: ref(from, source),
    toRef: ref(to, { project, repository }),
    reviewers: reviewers?.map((name) => ({ user: { name } })),
    draft,
  });
  return write("written", post(`${repositoryPath(job.values)}/pull-requests`, body));
}

/** Whether the branches exist and differ, which a dry run finds out only by asking. Forks are the server's to compare. */
function compare(job: Job): Move {
  const { from, to, fromProject, fromRepository } = job.values;
  if (fromProject !== undefined || fromRepository !== undefined) return open(job);
  const query = { until: branchOf(from), since: branchOf(to), limit: 1 };
  return ask("compared", get(`${repositoryPath(job.values)}/commits`, query));
}

/** The pull request that this destination opened for the record; null if it opened none. */
function ownId({ item }: Job) {
  const id = item.past.kind === "sent" ? item.past.answer.id : undefined;
  return typeof id === "number" ? id : null;
}

const ownPath = (job: Job) => `${repositoryPath(job.values)}/pull-requests/${segment(ownId(job) ?? 0)}`;

/** Our own one is changed only while it is open and still comes from the same branch. */
function judgeOwn(job: Job, pull: JsonObject): Move | null {
  const from = refOf(pull.fromRef);
  const source = sourceOf(job);
  if (
    from.branch !== branchOf(job.values.from) ||
    from.place !== placeName(source.project, source.repository)
  ) {
    const cure =
      "Choose a match key with the branches in it, so that each pair gets a pull request of its own.";
    return done(conflict(`Pull request ${ownId(job)} was opened from another branch.`, cure));
  }
  if (pull.state === "OPEN") return null;
  const cure = "Nothing was changed. Use a new branch for new changes, or reopen it in Bitbucket.";
  return done(
    conflict(`Pull request ${ownId(job)}, opened earlier for this record, ${stateInWords(pull)}.`, cure),
  );
}

export const pullRequestSender = machine({
  begin: (job) => {
    if (lacksDrafts(job)) return done(noDrafts);
    return ownId(job) === null ? look(job) : readPull(ownPath(job));
  },
  steps: {
    ...changeSteps({
      path: ownPath,
      wanted: (job) => wantedIn(job, "to"),
      judge: judgeOwn,
      missing: (job) => look(job),
    }),
    looked: (job, answer) => {
      if (answer.kind === "assumed") return compare(job);
      if (answer.kind !== "done") return done(refused(job, answer));
      const page = readList(answer.body);
      const found = page.items.find(isBetween(job));
      if (found) return done(already(keptOf(found)));
      return page.next === null ? compare(job) : look(job, page.next);
    },
    compared: (job, answer) => {
      if (answer.kind === "assumed") return open(job);
      if (answer.kind !== "done") return done(refused(job, answer));
      if (readList(answer.body).items.length > 0) return open(job);
      const { from, to } = job.values;
      const message = `${branchName(String(to))} has all changes of ${branchName(String(from))} already.`;
      return done(conflict(message, "There is nothing to merge. Skip the record."));
    },
    written: (job, answer) => {
      if (isDone(answer)) return done(sent(answer, keptOf(bodyOf(answer))));
      const [existing] = errorEntries(answer).flatMap(({ existingPullRequest }) =>
        existingPullRequest ? [asObject(existingPullRequest)] : [],
      );
      return done(existing ? already(keptOf(existing)) : refused(job, answer));
    },
  },
});
