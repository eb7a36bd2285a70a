import type { Account } from "../accounts";

/** An author whom the server could not match with an account: it knows only what the commit says. */
export interface Outsider {
  displayName: string;
  emailAddress: string;
}

export interface Commit {
  id: string;
  message: string;
  author: Account | Outsider;
  /** When it was written; rebased commits are older than their place in the history. */
  authoredAt: number;
  /** When it was committed. */
  at: number;
  parents: readonly string[];
  /** Grows with each commit of the repository, so that no commit comes before its parents in a newest-first list. */
  order: number;
}

export interface Branch {
  name: string;
  latestCommit: string;
  isDefault: boolean;
  /** When it was made over the REST API; undefined if it was not. */
  writtenAt?: number;
}

export interface Tag {
  name: string;
  latestCommit: string;
  /** The id of an annotated tag's own object. */
  hash: string | null;
  /** When it was made over the REST API; undefined if it was not. */
  writtenAt?: number;
}

export type PullRequestState = "OPEN" | "MERGED" | "DECLINED";
export type ReviewStatus = "UNAPPROVED" | "NEEDS_WORK" | "APPROVED";

export interface Participant {
  account: Account;
  role: "REVIEWER" | "PARTICIPANT";
  status: ReviewStatus;
  lastReviewedCommit: string | null;
}

/** A branch as a pull request remembers it: it may move on or be deleted. */
export interface PullRequestRef {
  name: string;
  latestCommit: string;
}

export interface PullRequest {
  id: number;
  version: number;
  title: string;
  description: string;
  state: PullRequestState;
  draft: boolean;
  author: Account;
  from: PullRequestRef;
  to: PullRequestRef;
  createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  mergeCommit: string | null;
  /** Newest first. */
  commits: readonly string[];
  participants: Participant[];
  /** Comments and activities; made when they are first needed. */
  details: PullRequestDetails | null;
  /** What keeps it from being merged. */
  checks?: MergeChecks;
  /** When it was opened over the REST API; undefined if it was not. */
  writtenAt?: number;
}

export interface MergeChecks {
  conflicted: boolean;
  vetoes: readonly { summaryMessage: string; detailedMessage: string }[];
}

/** What has a discussion: a pull request or a commit. */
export interface Discussion {
  /** Threads, oldest first. */
  comments: PullComment[];
}

export interface PullRequestDetails extends Discussion {
  /** Oldest first. */
  activities: Activity[];
}

/** A file or one of its lines; a comment on the whole file has no line. */
export interface Anchor {
  path: string;
  srcPath?: string | undefined;
  line?: number | undefined;
  lineType?: "ADDED" | "REMOVED" | "CONTEXT" | undefined;
  fromHash?: string | undefined;
  toHash: string;
  /** TO unless told otherwise. */
  fileType?: "FROM" | "TO" | undefined;
  /** EFFECTIVE unless told otherwise. */
  diffType?: "EFFECTIVE" | "RANGE" | "COMMIT" | undefined;
}

export interface PullComment {
  id: number;
  /** Counts the changes; a change must name the current version. */
  version: number;
  text: string;
  author: Account;
  createdAt: number;
  updatedAt: number;
  severity: "NORMAL" | "BLOCKER";
  /** A pending one is seen by its author only, until the review is finished. */
  state: "OPEN" | "RESOLVED" | "PENDING";
  resolved: { at: number; by: Account } | null;
  threadResolved: boolean;
  anchor: Anchor | null;
  replies: PullComment[];
}

export type ActivityAction =
  | "APPROVED"
  | "AUTO_MERGE_CANCELLED"
  | "AUTO_MERGE_REQUESTED"
  | "COMMENTED"
  | "DECLINED"
  | "DELETED"
  | "MERGED"
  | "MERGE_QUEUE_ADDED"
  | "MERGE_QUEUE_EJECTED"
  | "OPENED"
  | "REOPENED"
  | "RESCOPED"
  | "REVIEWED"
  | "REVIEW_COMMENTED"
  | "REVIEW_DISCARDED"
  | "REVIEW_FINISHED"
  | "UNAPPROVED"
  | "UPDATED";

export interface Activity {
  id: number;
  at: number;
  account: Account;
  action: ActivityAction;
  comment?: PullComment;
  rescope?: {
    fromHash: string;
    toHash: string;
    previousFromHash: string;
    previousToHash: string;
    added: readonly string[];
    removed: readonly string[];
  };
  mergeCommit?: string;
  reviewers?: { added: readonly Account[]; removed: readonly Account[] };
}

/** A change of a branch or tag that somebody pushed. */
export interface Push {
  id: number;
  at: number;
  account: Account;
  /** Such as refs/heads/main. */
  ref: string;
  type: "ADD" | "UPDATE" | "DELETE";
  fromHash: string;
  toHash: string;
}

export interface Webhook {
  id: number;
  name: string;
  url: string;
  events: readonly string[];
  active: boolean;
  /** Empty if it has none. */
  secret: string;
  createdAt: number;
  updatedAt?: number;
  sslVerificationRequired?: boolean;
  /** Of the credentials; the password is never told. */
  userName?: string | undefined;
}
