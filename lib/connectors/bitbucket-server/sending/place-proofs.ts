import type { Action, Need, Values } from "@/lib/connectors/action";
import type {
  Item,
  ItemResult,
  PlaceProof,
  PlaceStep,
  SendAnswer,
  SendContext,
} from "@/lib/connectors/action-sender";
import type { Place } from "@/lib/connectors/rehearsal";
import { findDefinition } from "../actions/all";
import { bitbucketRightProof } from "../reading/right-proof";
import { isSentToAnyRepository } from "./builds";
import { bodyOf, conflict, type Job } from "./machine";
import { commitPath, get, pullRequestPath } from "./paths";
import { cureOfRight, cureOfStatus, refused } from "./refusal";

/** What an archived repository still takes: these are its settings, not its contents. */
const takenByArchived = new Set(["label", "remove-label", "webhook", "grant-right"]);

/**
 * What stands in the way of records, found out by reading: the repository or project is missing, archived or closed to
 * the account; the pull request or commit does not exist. `looksItself`: the action begins with a look-up of its own,
 * which finds the latter.
 */
export function proofsOf(
  context: SendContext,
  [item]: readonly Item[],
  looksItself: boolean,
): readonly PlaceProof[] {
  const action = findDefinition(context.action)?.action;
  if (!item || !action || isSentToAnyRepository(context)) return [];
  const job = { context, item, values: item.values };
  const place = placeOf(action, item.values);
  if (place === null) return [];
  const ofPlace: PlaceProof = {
    key: nameOf(place),
    step: (answers) => provePlace(job, place, action.needs ?? "read", answers),
  };
  const path = looksItself ? null : pathOfThing(action, item.values);
  if (path === null) return [ofPlace];
  return [ofPlace, { key: path, step: ([answer]) => proveThing(job, path, answer) }];
}

/** The repository that is written to, or the project; null for what is in neither. */
function placeOf({ fields }: Action, { project, repository }: Values): Place | null {
  if (typeof project !== "string" || !fields.some(({ name }) => name === "project")) return null;
  return { project, repository: typeof repository === "string" ? repository : null };
}

function nameOf({ project, repository }: Place): string {
  return repository === null ? project : `${project}/${repository}`;
}

/** Below a repository, what is written to; a build status is taken for commits that are not there yet. */
function pathOfThing({ id, fields }: Action, values: Values): string | null {
  if (id === "build-status") return null;
  const has = (name: string) => fields.some((field) => field.name === name) && values[name] !== undefined;
  if (has("pullRequest")) return pullRequestPath(values);
  return has("commit") ? commitPath(values) : null;
}

function provePlace(job: Job, place: Place, need: Need, answers: readonly SendAnswer[]): PlaceStep {
  const [itself, ...lists] = answers;
  if (itself && itself.kind !== "done") return closed(refused(job, itself));
  // A server that does not give the list says nothing of the right.
  if (lists.some(({ kind }) => kind !== "done")) return { kind: "open" };
  const bodies = answers.flatMap((answer) => (answer.kind === "done" ? [answer.body] : []));
  const step = bitbucketRightProof(
    place,
    need,
    bodies.map((body) => ({ kind: "body", body })),
  );
  if (step.kind === "ask") return { kind: "ask", call: get(step.call.path, step.call.query) };
  if (step.kind === "lacking") {
    const may = need === "admin" ? "administer" : "write to";
    return closed(conflict(`The account may not ${may} ${nameOf(place)}.`, cureOfRight(job)));
  }
  const isArchived = itself !== undefined && bodyOf(itself).archived === true;
  if (!isArchived || takenByArchived.has(job.context.action)) return { kind: "open" };
  return closed(
    conflict(`Repository ${nameOf(place)} is archived and cannot be changed.`, cureOfStatus(409)),
  );
}

function proveThing(job: Job, path: string, answer: SendAnswer | undefined): PlaceStep {
  if (!answer) return { kind: "ask", call: get(path) };
  return answer.kind === "missing" || answer.kind === "denied"
    ? closed(refused(job, answer))
    : { kind: "open" };
}

function closed(result: ItemResult): PlaceStep {
  return { kind: "closed", result };
}
