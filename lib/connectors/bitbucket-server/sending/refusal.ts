import type { Action, Problem } from "@/lib/connectors/action";
import type { ItemResult, SendAnswer } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { findDefinition } from "../actions/all";
import { asObject, bodyOf, conflict, type Job } from "./machine";

const cureOfMissing =
  "It may have been renamed or deleted. Correct the record or the mapping, or skip the record.";

/** What to do about a refusal with that status. */
export function cureOfStatus(status: number): string {
  if (status === 409) return "Open it in Bitbucket and remove the cause, then retry.";
  if (status === 413) return "The record is too long for the server. Shorten it, then retry.";
  return "Correct the record or the mapping, then retry.";
}

/** Names the right that the action needs; null for an action that does not exist. */
export function cureOfRight({ context }: Job): string | null {
  const action = findDefinition(context.action)?.action;
  return action === undefined ? null : `The credential’s account needs: ${action.right}.`;
}

/** What the server refused, with its words and a cure. Throws for an answer that is no refusal. */
export function refused(job: Job, answer: SendAnswer): ItemResult {
  const action = findDefinition(job.context.action)?.action;
  const right = cureOfRight(job);
  switch (answer.kind) {
    case "missing":
      return { result: "rejected", status: 404, problems: answer.problems, cure: cureOfMissing };
    case "denied":
      return { result: "rejected", status: 401, problems: answer.problems, cure: right };
    case "no-address":
      return conflict(
        "The server has no such address, or does not take this method there.",
        "Correct the path or the lookup path, then retry.",
      );
    case "rejected":
      return {
        ...{ result: "rejected", status: answer.status },
        problems: answer.problems.map((problem) => atOwnField(problem, action)),
        // Bitbucket keeps 403 for rules, such as a key that belongs to no user.
        cure: answer.status === 403 ? right : cureOfStatus(answer.status),
      };
    default:
      throw new Error(`An answer of kind ${answer.kind} refuses nothing`);
  }
}

/** The server names the fields of its bodies; where the action has no such field, the name goes into the words. */
function atOwnField({ field, message }: Problem, action: Action | undefined): Problem {
  if (field === null) return { field, message };
  const name = field.replace(/^anchor\./, "");
  const isOwn = action?.fields.some((one) => one.name === name) === true;
  return isOwn ? { field: name, message } : { field: null, message: `${field}: ${message}` };
}

/** The entries of a refusal's `errors[]`, with details such as `existingPullRequest`. */
export function errorEntries(answer: SendAnswer): readonly JsonObject[] {
  const { errors } = bodyOf(answer);
  return Array.isArray(errors) ? errors.map(asObject) : [];
}

/** True if a refusal names such an exception: `/CommentOutOfDate/`. */
export function namesException(answer: SendAnswer, pattern: RegExp): boolean {
  if (answer.kind === "missing" || answer.kind === "denied") {
    return (answer.exceptions ?? []).some((name) => pattern.test(name));
  }
  return errorEntries(answer).some(({ exceptionName }) => pattern.test(String(exceptionName ?? "")));
}

/** What the record is written to does not exist: nothing is gained by sending. */
export function lacksPlace(answer: SendAnswer): boolean {
  return answer.kind === "missing" && namesException(answer, /NoSuch(?:Project|Repository|PullRequest)/i);
}

/** True for a 409 because the thing was changed since it was read. */
export function isOutOfDate(answer: SendAnswer): boolean {
  return answer.kind === "rejected" && answer.status === 409 && namesException(answer, /OutOfDate/i);
}

/** The name is taken: another run may have been faster. */
export function saysTaken(answer: SendAnswer): boolean {
  if (answer.kind !== "rejected") return false;
  const words = errorEntries(answer).map(({ message }) => String(message ?? ""));
  return answer.status === 409 || words.some((message) => /already exists/i.test(message));
}

/** A refusal, for a note: what stands there is looked at before it is believed. */
export function keepRefusal(refusal: ItemResult): JsonObject {
  if (refusal.result !== "rejected") return {};
  const { status, cure } = refusal;
  return {
    refusal: { status, cure, problems: refusal.problems.map(({ field, message }) => ({ field, message })) },
  };
}

/** The refusal in a note; null if there is none. */
export function keptRefusal({ refusal }: JsonObject): ItemResult | null {
  const { status, cure, problems } = asObject(refusal);
  if (!Array.isArray(problems)) return null;
  return {
    result: "rejected",
    status: typeof status === "number" ? status : null,
    problems: problems.map(asObject).map(({ field, message }) => ({
      field: typeof field === "string" ? field : null,
      message: String(message ?? ""),
    })),
    cure: typeof cure === "string" ? cure : null,
  };
}
