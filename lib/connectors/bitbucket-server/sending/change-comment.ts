import type { ActionSender, Move } from "@/lib/connectors/action-sender";
import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { lookThenWrite, picked } from "./look-then-write";
import {
  already,
  ask,
  asObject,
  bodyOf,
  done,
  isDone,
  type Job,
  machine,
  sent,
  unknown,
  write,
} from "./machine";
import { isSameText, markedLike } from "./marker";
import { get, given, pageAt, placePath, pullRequestPath, put, remove, segment } from "./paths";
import { isOutOfDate, refused } from "./refusal";

const pathOf = ({ values }: Job) => `${pullRequestPath(values)}/comments/${segment(values.comment)}`;

function keep({ values }: Job, body: JsonObject): JsonObject {
  const { comment = null, pullRequest } = values;
  const page = `${placePath(values)}/pull-requests/${segment(pullRequest)}/overview?commentId=${segment(comment)}`;
  return given({ id: comment, ...picked(body, ["version", "state", "severity"]), page: pageAt(page) });
}

const changeable = ["severity", "state", "threadResolved"] as const;

/** What is to be changed of a comment; empty if it is as it should be. */
function changesOf({ values }: Job, comment: JsonObject): Readonly<Record<string, Json>> {
  const { text } = values;
  const old = String(comment.text ?? "");
  const wanted = typeof text === "string" ? markedLike(text, old) : undefined;
  const changes = changeable.filter((name) => values[name] !== undefined && values[name] !== comment[name]);
  return given({
    text: wanted === undefined || isSameText(old, wanted) ? undefined : wanted,
    ...Object.fromEntries(changes.map((name) => [name, values[name]])),
  });
}

function change(job: Job, comment: JsonObject, isAgain: boolean): Move {
  const changes = changesOf(job, comment);
  if (Object.keys(changes).length === 0) return done(already(keep(job, comment)));
  return write("changed", put(pathOf(job), { version: comment.version ?? 0, ...changes }), { isAgain });
}

/** Edits a comment, resolves or reopens it. What it is now decides, so that nothing is changed twice. */
export const changeCommentSender: ActionSender = machine({
  begin: (job) => ask("read", get(pathOf(job))),
  steps: {
    read: (job, answer, { isAgain }) => {
      if (answer.kind === "assumed") return change(job, { version: 0 }, isAgain === true);
      if (answer.kind !== "done") return done(refused(job, answer));
      const comment = asObject(answer.body);
      if (typeof comment.version !== "number")
        return done(unknown("The server’s comment could not be read."));
      return change(job, comment, isAgain === true);
    },
    changed: (job, answer, { isAgain }) => {
      if (isDone(answer)) return done(sent(answer, keep(job, bodyOf(answer))));
      return isAgain !== true && isOutOfDate(answer)
        ? ask("read", get(pathOf(job)), { isAgain: true })
        : done(refused(job, answer));
    },
  },
});

/** Deletes a comment; one that is gone already counts as deleted. */
export const deleteCommentSender: ActionSender = lookThenWrite({
  look: (job) => get(pathOf(job)),
  judge: (_job, body) => ({ kind: "differs", found: asObject(body) }),
  judgeMissing: ({ values }) => ({ kind: "already", answer: { id: values.comment ?? null } }),
  write: (job, found) => {
    const version = found?.version;
    return remove(pathOf(job), { version: typeof version === "number" ? version : 0 });
  },
  keep: ({ values }) => ({ id: values.comment ?? null }),
});
