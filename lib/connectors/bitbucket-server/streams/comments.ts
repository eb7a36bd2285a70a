import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { isObject, listIn } from "./shared";

/** Deeper threads are an attempt to exhaust the stack. */
const deepest = 200;

/**
 * The comments of one activity: the comment, its replies to any depth, and the tasks of servers before 7.2. Each gets
 * the fields `parentId`, `rootId`, `depth` and `anchor`, which the server gives by nesting or once per thread. The ids of
 * those old tasks become negative.
 */
export function commentsOf(activity: JsonObject): readonly JsonObject[] {
  const { comment, commentAction, commentAnchor } = activity;
  // A deleted comment's activity may still show what it said.
  if (!isObject(comment) || commentAction === "DELETED") return [];
  const found: JsonObject[] = [];
  const anchor = commentAnchor ?? comment.anchor;
  const parent = isObject(comment.parent) ? comment.parent.id : undefined;
  walk(comment, { parentId: parent, rootId: parent ?? comment.id, depth: 0, anchor }, found);
  return found;
}

/** Those of the comments that are tasks. The server's own list of tasks leaves resolved ones out unless asked. */
export function tasksOf(activity: JsonObject): readonly JsonObject[] {
  return commentsOf(activity).filter(({ severity }) => severity === "BLOCKER");
}

type Inherited = {
  readonly parentId: Json | undefined;
  readonly rootId: Json | undefined;
  readonly depth: number;
  readonly anchor: Json | undefined;
};

function walk(comment: JsonObject, inherited: Inherited, found: JsonObject[]): void {
  found.push({ ...comment, ...inherited });
  if (inherited.depth >= deepest) return;
  const below = { ...inherited, parentId: comment.id, depth: inherited.depth + 1 };
  for (const reply of listIn(comment, "comments")) if (isObject(reply)) walk(reply, below, found);
  for (const task of listIn(comment, "tasks")) {
    // Such tasks are numbered apart from comments, and their anchor is the whole comment above them.
    const id = isObject(task) && typeof task.id === "number" ? -task.id : undefined;
    if (isObject(task)) found.push({ ...task, ...below, severity: "BLOCKER", id });
  }
}
