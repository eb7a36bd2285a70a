import type { Account } from "../accounts";
import type { Repository } from "../company";
import { countDiscussion } from "./comments";
import { DAY_MS, HOUR_MS, inventedId, pick, remarks } from "./invented";
import { MONOLITH } from "./large-company";
import type { Activity, ActivityAction, PullComment, PullRequest, PullRequestDetails } from "./model";

/** Ids of seeded comments and activities lie above this; those of later ones count up from 1. */
export const SEEDED = 1_000_000;
const PER_PULL_REQUEST = 2_000;
/** The pull request of the monolith whose activities need three pages. */
const LONG_DISCUSSION = 7;
const THREADS_OF_LONG_DISCUSSION = 1_200;

/** The replies of each thread, by the thread's place; each reply answers the one before it. */
function threadsOf(repository: Repository, pull: PullRequest, isLarge: boolean): number[] {
  if (isBare(pull)) return [];
  const isLong = isLarge && repository.id === MONOLITH && pull.id === LONG_DISCUSSION;
  if (isLong) return Array.from({ length: THREADS_OF_LONG_DISCUSSION }, () => 0);
  return Array.from({ length: (repository.id + pull.id) % 4 }, (_, at) => (pull.id + at) % 3);
}

/** How many comments the pull request has, without making them. */
export function countComments(repository: Repository, pull: PullRequest, isLarge: boolean): number {
  if (pull.details) return countDiscussion(pull.details);
  return threadsOf(repository, pull, isLarge).reduce((sum, replies) => sum + 1 + replies, 0);
}

/** How many tasks are open. */
export function countOpenTasks(repository: Repository, pull: PullRequest, isLarge: boolean): number {
  const isOpenTask = (one: PullComment) => one.severity === "BLOCKER" && one.state === "OPEN";
  if (pull.details) return flat(pull.details.comments).filter(isOpenTask).length;
  return threadsOf(repository, pull, isLarge).filter((_, at) => isTask(pull, at) && !isResolved(pull)).length;
}

/** Just opened: nobody was asked for a review yet, and nothing is invented of it. */
const isBare = (pull: PullRequest) => pull.participants.length === 0;
const isTask = (pull: PullRequest, at: number) => (pull.id + at) % 5 === 2;
const isResolved = (pull: PullRequest) => pull.state !== "OPEN";

/** All comments of the threads, each before its replies. */
export function flat(comments: readonly PullComment[]): PullComment[] {
  return comments.flatMap((one) => [one, ...flat(one.replies)]);
}

/** Invents comments and activities of a pull request: always the same ones. */
export function makeDetails(
  repository: Repository,
  pull: PullRequest,
  people: readonly Account[],
  isLarge: boolean,
): PullRequestDetails {
  const base = SEEDED + (repository.id * 3_000 + pull.id) * PER_PULL_REQUEST;
  const turn = repository.id + pull.id;
  let commentsMade = 0;
  const comments = threadsOf(repository, pull, isLarge).map((replies, at) => {
    const thread = commentOf(at, replies);
    return thread;
  });

  function commentOf(at: number, replies: number, depth = 0): PullComment {
    commentsMade += 1;
    const createdAt = Math.min(pull.updatedAt, pull.createdAt + (at + 1) * HOUR_MS + depth * 600_000);
    const isOpen = pull.state === "OPEN";
    const task = depth === 0 && isTask(pull, at);
    const by = pick(people, turn * 3 + at + depth);
    return {
      id: base + commentsMade,
      version: (turn + at + depth) % 2,
      text: pick(remarks, turn + at + depth),
      author: by,
      createdAt,
      updatedAt: createdAt,
      severity: task ? "BLOCKER" : "NORMAL",
      state: task && !isOpen ? "RESOLVED" : "OPEN",
      resolved: task && !isOpen ? { at: pull.updatedAt, by: pull.author } : null,
      threadResolved: depth === 0 && !isOpen && at % 2 === 0,
      anchor:
        depth === 0 && at % 2 === 0
          ? {
              path: "src/load.ts",
              line: 10 + at,
              lineType: "ADDED",
              fromHash: pull.to.latestCommit,
              toHash: pull.from.latestCommit,
            }
          : null,
      replies: replies > depth ? [commentOf(at, replies, depth + 1)] : [],
    };
  }
  return { comments, activities: activitiesOf(pull, comments, base, turn) };
}

function activitiesOf(pull: PullRequest, comments: PullComment[], base: number, turn: number): Activity[] {
  const made: Omit<Activity, "id">[] = [{ at: pull.createdAt, account: pull.author, action: "OPENED" }];
  for (const comment of comments) {
    made.push({ at: comment.createdAt, account: comment.author, action: "COMMENTED", comment });
  }
  for (const one of pull.participants) {
    if (one.status === "UNAPPROVED") continue;
    const action = one.status === "APPROVED" ? "APPROVED" : "REVIEWED";
    made.push({ at: Math.min(pull.updatedAt, pull.createdAt + 5 * HOUR_MS), account: one.account, action });
  }
  if (!isBare(pull)) made.push(...extraActivities(pull, turn));
  if (pull.state !== "OPEN") {
    const at = pull.closedAt ?? pull.updatedAt;
    const action = pull.state === "MERGED" ? "MERGED" : "DECLINED";
    const mergeCommit = pull.mergeCommit ? { mergeCommit: pull.mergeCommit } : {};
    made.push({ at, account: pull.author, action, ...mergeCommit });
  }
  return made
    .map((one, at) => ({ ...one, id: base + at }))
    .toSorted((one, other) => one.at - other.at || one.id - other.id);
}

const rarer: readonly ActivityAction[] = [
  "AUTO_MERGE_REQUESTED",
  "AUTO_MERGE_CANCELLED",
  "REVIEW_FINISHED",
  "UNAPPROVED",
  "REVIEW_DISCARDED",
  "REVIEW_COMMENTED",
  "MERGE_QUEUE_ADDED",
  "MERGE_QUEUE_EJECTED",
  "REOPENED",
  "DELETED",
];

/** Each kind of activity that a server knows turns up somewhere. */
function extraActivities(pull: PullRequest, turn: number): Omit<Activity, "id">[] {
  const at = Math.min(pull.updatedAt, pull.createdAt + DAY_MS / 2);
  const account = pull.author;
  switch (turn % 4) {
    case 0: {
      const previousFromHash = inventedId("before", pull.from.latestCommit);
      const rescope = {
        fromHash: pull.from.latestCommit,
        toHash: pull.to.latestCommit,
        previousFromHash,
        previousToHash: pull.to.latestCommit,
        added: pull.commits.slice(0, 1),
        removed: [],
      };
      return [{ at, account, action: "RESCOPED", rescope }];
    }
    case 1: {
      const added = pull.participants.slice(0, 1).map((one) => one.account);
      return [{ at, account, action: "UPDATED", reviewers: { added, removed: [] } }];
    }
    case 2:
      return [{ at, account, action: pick(rarer, Math.floor(turn / 4)) }];
    default:
      return [];
  }
}
