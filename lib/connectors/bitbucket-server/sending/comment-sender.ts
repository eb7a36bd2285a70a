import type { ActionSender, Call, ItemResult, Move, SendAnswer } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { readPage } from "../reading/page";
import { picked } from "./look-then-write";
import {
  already,
  ask,
  bodyOf,
  conflict,
  done,
  isDone,
  type Job,
  machine,
  sent,
  unknown,
  write,
} from "./machine";
import { findMarked, isSameText, marked } from "./marker";
import { get, given, pageAt, post, put } from "./paths";
import { isOutOfDate, lacksPlace, refused } from "./refusal";

/** Where comments of one kind stand, and how they are listed. */
export type CommentPlace = {
  /** The path to which they are posted; `…/{id}` is one of them. */
  readonly path: (job: Job) => string;
  /** Names the place; a comment that stands on another one is not ours to change. */
  readonly name: (job: Job) => string;
  /** The page on which people see it, below the base URL. */
  readonly page: (job: Job, id: number) => string;
  readonly body: (job: Job) => JsonObject;
  /** One page of what holds the comments. */
  readonly list: (job: Job, start: number) => Call;
  /** The comments of one entry of that list. */
  readonly commentsIn: (entry: JsonObject) => readonly JsonObject[];
  /** What a list means that the server refuses with a 400; a refusal if left out. */
  readonly unlisted?: ItemResult;
};

const unreadableList =
  "The server’s list of comments could not be read, so that it is unknown whether this one stands.";

/**
 * The machine of an action that writes comments. Nothing on the server keeps them single: a new one is posted at once,
 * one of which no answer came is looked for by its hidden marker, and one that stands is edited.
 */
export function commentSender(place: CommentPlace): ActionSender {
  const create = (job: Job) =>
    write("created", post(place.path(job), { ...place.body(job), text: textOf(job) }));
  const read = (job: Job, id: number, note: JsonObject = {}) =>
    ask("read", get(`${place.path(job)}/${id}`), { ...note, id });
  const search = (job: Job, start: number) => ask("searched", place.list(job, start), { start });
  const keep = (job: Job, body: JsonObject): JsonObject => {
    const { id } = body;
    return given({
      ...picked(body, ["id", "version"]),
      place: place.name(job),
      spot: spotOf(job),
      page: typeof id === "number" ? pageAt(place.page(job, id)) : undefined,
    });
  };

  const edit = (job: Job, comment: JsonObject, isAgain: boolean): Move => {
    const { id, version, text, severity } = comment;
    if (typeof id !== "number" || typeof version !== "number") return done(unknown(unreadableList));
    const wanted = job.values.severity;
    if (isSameText(text, textOf(job)) && (wanted === undefined || wanted === severity)) {
      return done(already(keep(job, comment)));
    }
    const body = given({ version, text: textOf(job), severity: wanted });
    return write("edited", put(`${place.path(job)}/${id}`, body), { id, isAgain });
  };

  const onPage = (job: Job, answer: SendAnswer, start: number): Move => {
    if (answer.kind === "assumed") return create(job);
    if (answer.kind === "rejected" && answer.status === 400 && place.unlisted) return done(place.unlisted);
    if (answer.kind !== "done") return done(refused(job, answer));
    const page = readPage(answer.body, { start });
    if (page === null) return done(unknown(unreadableList));
    const found = findMarked(page.items.flatMap(place.commentsIn), textOf(job), job);
    if (found !== null) return edit(job, found, false);
    return page.next === null ? create(job) : search(job, page.next);
  };

  return machine({
    begin: (job) => {
      const { past } = job.item;
      if (past.kind === "new") return create(job);
      const { place: stood, spot, id } = past.answer ?? {};
      const isElsewhere = typeof stood === "string" && stood !== place.name(job);
      if (isElsewhere && past.kind === "sent") return create(job);
      if (isElsewhere || typeof id !== "number") return search(job, 0);
      return typeof spot === "string" && spot !== spotOf(job) ? done(otherSpot) : read(job, id);
    },
    steps: {
      created: (job, answer) =>
        done(isDone(answer) ? sent(answer, keep(job, bodyOf(answer))) : refused(job, answer)),
      read: (job, answer, { isAgain }) => {
        if (answer.kind === "done") return edit(job, bodyOf(answer), isAgain === true);
        const isGone = answer.kind === "assumed" || (answer.kind === "missing" && !lacksPlace(answer));
        if (!isGone) return done(refused(job, answer));
        // The comment was deleted. If the one after it was sent as well, only the list tells.
        return job.item.past.kind === "lost" ? search(job, 0) : create(job);
      },
      searched: (job, answer, { start }) => onPage(job, answer, typeof start === "number" ? start : 0),
      edited: (job, answer, { id, isAgain }) => {
        if (isDone(answer)) return done(sent(answer, keep(job, { id, ...bodyOf(answer) })));
        const isFirst = isAgain !== true && typeof id === "number";
        return isFirst && isOutOfDate(answer) ? read(job, id, { isAgain: true }) : done(refused(job, answer));
      },
    },
  });
}

const otherSpot: ItemResult = conflict(
  "The comment stands on another file or line, or in reply to another comment, and the server moves none.",
  "Delete the comment in Bitbucket, or give this record another match key.",
);

function textOf(job: Job): string {
  return marked(String(job.values.text ?? ""), job);
}

/** Where in its place a comment stands; the end of it, if it is long. */
function spotOf({ values: { parent, path, line, lineType, fileType } }: Job): string {
  const spot = parent === undefined ? [parent, path, line, lineType, fileType] : [parent, "", "", "", ""];
  return spot
    .map((one) => one ?? "")
    .join(":")
    .slice(-200);
}
