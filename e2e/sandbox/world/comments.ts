import type { Account } from "../accounts";
import type { Repository } from "../company";
import type { Anchor, Discussion, PullComment, PullRequest, PullRequestDetails } from "./model";
import type { World } from "./world";

export interface Written {
  text: string;
  author: Account;
  at: number;
  severity?: PullComment["severity"] | undefined;
  state?: PullComment["state"] | undefined;
  anchor?: Anchor | null;
}

/** A comment, and the one that it answers. */
interface Found {
  comment: PullComment;
  parent: PullComment | null;
}

/** The comments of discussions by id, made when first needed: thousands may be written to one. */
const indexes = new WeakMap<Discussion, Map<number, Found>>();

function indexOf(discussion: Discussion): Map<number, Found> {
  const known = indexes.get(discussion);
  if (known) return known;
  const made = new Map<number, Found>();
  const note = (comment: PullComment, parent: PullComment | null) => {
    made.set(comment.id, { comment, parent });
    for (const reply of comment.replies) note(reply, comment);
  };
  for (const comment of discussion.comments) note(comment, null);
  indexes.set(discussion, made);
  return made;
}

/** Adds a comment that begins a thread, and the activity that tells of it. */
export function addThread(
  world: World,
  repository: Repository,
  pull: PullRequest,
  written: Written,
): PullComment {
  const details = world.detailsOf(repository, pull);
  const comment = addToDiscussion(world, details, written);
  details.activities.push({
    id: world.nextId(),
    at: written.at,
    account: written.author,
    action: "COMMENTED",
    comment,
  });
  return comment;
}

/** Adds a comment that begins a thread; no activity tells of it. */
export function addToDiscussion(world: World, discussion: Discussion, written: Written): PullComment {
  const comment = makeComment(world, written);
  indexOf(discussion).set(comment.id, { comment, parent: null });
  discussion.comments.push(comment);
  return comment;
}

/** Adds an answer to a comment; no activity tells of it, the thread's own shows it. */
export function addReply(
  world: World,
  discussion: Discussion,
  to: PullComment,
  written: Written,
): PullComment {
  const comment = makeComment(world, written);
  indexOf(discussion).set(comment.id, { comment, parent: to });
  to.replies.push(comment);
  return comment;
}

function makeComment(world: World, written: Written): PullComment {
  const { text, author, at, severity = "NORMAL", state = "OPEN", anchor = null } = written;
  return {
    id: world.nextCommentId(),
    version: 0,
    text,
    author,
    createdAt: at,
    updatedAt: at,
    severity,
    state,
    resolved: null,
    threadResolved: false,
    anchor,
    replies: [],
  };
}

/** The comment with this id, at any depth. */
export function findComment(discussion: Discussion, id: number): PullComment | undefined {
  return indexOf(discussion).get(id)?.comment;
}

/** How many comments there are, at any depth. */
export function countDiscussion(discussion: Discussion): number {
  return indexOf(discussion).size;
}

/** Removes a comment with its replies, and the activity that told of it. */
export function removeComment(
  discussion: Discussion & Partial<PullRequestDetails>,
  comment: PullComment,
): void {
  const index = indexOf(discussion);
  const siblings = index.get(comment.id)?.parent?.replies ?? discussion.comments;
  const place = siblings.indexOf(comment);
  if (place < 0) return;
  siblings.splice(place, 1);
  const forget = (one: PullComment) => {
    index.delete(one.id);
    one.replies.forEach(forget);
  };
  forget(comment);
  const told = discussion.activities?.findIndex((one) => one.comment === comment) ?? -1;
  if (told >= 0) discussion.activities?.splice(told, 1);
}
