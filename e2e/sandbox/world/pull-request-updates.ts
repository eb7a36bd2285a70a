import type { Account } from "../accounts";
import type { Repository } from "../company";
import { growLine } from "./change";
import type { Content } from "./content";
import type { Activity, Branch, Participant, PullRequest } from "./model";
import { branchOf, moveBranch } from "./ref-changes";
import type { World } from "./world";

/** A pull request where it is. */
export interface PullPlace {
  repository: Repository;
  content: Content;
  pull: PullRequest;
}

/** Opens a pull request between two branches of a repository. */
export function openPull(
  world: World,
  { repository, content }: Omit<PullPlace, "pull">,
  given: Pick<PullRequest, "title" | "description" | "draft" | "author"> & {
    from: Branch;
    to: Branch;
    reviewers: readonly Account[];
  },
): PullRequest {
  const { from, to, reviewers, ...plain } = given;
  const at = world.nextMoment();
  const pull: PullRequest = {
    ...plain,
    // Newest first.
    id: (content.pullRequests[0]?.id ?? 0) + 1,
    version: 0,
    state: "OPEN",
    from: { name: from.name, latestCommit: from.latestCommit },
    to: { name: to.name, latestCommit: to.latestCommit },
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    mergeCommit: null,
    commits: content.history(from.latestCommit, to.latestCommit).map((one) => one.id),
    participants: [],
    details: null,
  };
  content.pullRequests.unshift(pull);
  // Made before there are reviewers, of whom it would invent reviews.
  world.detailsOf(repository, pull);
  pull.participants = reviewers.map(asReviewer);
  return pull;
}

function asReviewer(account: Account): Participant {
  return { account, role: "REVIEWER", status: "UNAPPROVED", lastReviewedCommit: null };
}

/** Notes that a pull request itself changed: its date, its version, and an activity if there is one. */
export function notePullChange(
  world: World,
  { repository, pull }: PullPlace,
  by: Account | null = null,
  activity: Omit<Activity, "id" | "at" | "account"> | null = null,
): void {
  const at = world.nextMoment();
  pull.updatedAt = at;
  pull.version += 1;
  if (!activity || !by) return;
  world.detailsOf(repository, pull).activities.push({ id: world.nextId(), at, account: by, ...activity });
}

/** Makes these the reviewers; whoever was one and stays keeps the review. Returns who came and who went. */
export function setReviewers(
  pull: PullRequest,
  wanted: readonly Account[],
): { added: Account[]; removed: Account[] } {
  const before = pull.participants.filter((one) => one.role === "REVIEWER");
  const removed = before.filter((one) => !wanted.includes(one.account)).map((one) => one.account);
  const added = wanted.filter((account) => !before.some((one) => one.account === account));
  pull.participants = [
    ...before.filter((one) => !removed.includes(one.account)),
    ...added.map(asReviewer),
    ...pull.participants.filter((one) => one.role !== "REVIEWER" && !added.includes(one.account)),
  ];
  return { added, removed };
}

/** Sets what a reviewer thinks; makes the account a reviewer if it was none. False if nothing changed. */
export function review(
  world: World,
  { repository, pull }: PullPlace,
  given: Pick<Participant, "account" | "status" | "lastReviewedCommit">,
): { participant: Participant; isChanged: boolean } {
  const known = pull.participants.find((one) => one.account === given.account);
  if (known?.role === "REVIEWER" && known.status === given.status) {
    return { participant: known, isChanged: false };
  }
  const participant: Participant = { ...given, role: "REVIEWER" };
  pull.participants = [...pull.participants.filter((one) => one !== known), participant];
  const action = { APPROVED: "APPROVED", NEEDS_WORK: "REVIEWED", UNAPPROVED: "UNAPPROVED" } as const;
  const at = world.nextMoment();
  pull.updatedAt = at;
  world.detailsOf(repository, pull).activities.push({
    id: world.nextId(),
    at,
    account: given.account,
    action: action[given.status],
  });
  return { participant, isChanged: true };
}

/** Merges a pull request with a merge commit on its target; returns that commit. */
export function mergePull(world: World, place: PullPlace, author: Account, words?: string): string {
  const { pull, content, repository } = place;
  const branch = branchOf(content, pull.to.name);
  const parents = [branch.latestCommit, pull.from.latestCommit].filter((id) => content.commits.has(id));
  const message = words ?? `Pull request #${pull.id}: ${pull.title}`;
  const [merge = ""] = growLine(world, content, { parents, count: 1, author, message });
  const written = pull.commits.toReversed().flatMap((id) => [...(content.writtenBy(id) ?? [])]);
  if (written.length > 0) content.writeFiles(merge, new Map(written));
  moveBranch(world, { repository, content, branch, author }, merge);
  pull.state = "MERGED";
  pull.mergeCommit = merge;
  notePullChange(world, place, author, { action: "MERGED", mergeCommit: merge });
  pull.closedAt = pull.updatedAt;
  return merge;
}

/** Declines a pull request. */
export function declinePull(world: World, place: PullPlace, account: Account): void {
  place.pull.state = "DECLINED";
  notePullChange(world, place, account, { action: "DECLINED" });
  place.pull.closedAt = place.pull.updatedAt;
}

/** Opens a declined pull request again, at its branches' commits of today. */
export function reopenPull(world: World, place: PullPlace, account: Account): void {
  const { pull, content } = place;
  const tipOf = (name: string, otherwise: string) => content.branch(name)?.latestCommit ?? otherwise;
  pull.from = { ...pull.from, latestCommit: tipOf(pull.from.name, pull.from.latestCommit) };
  pull.to = { ...pull.to, latestCommit: tipOf(pull.to.name, pull.to.latestCommit) };
  pull.commits = content.history(pull.from.latestCommit, pull.to.latestCommit).map((one) => one.id);
  pull.state = "OPEN";
  pull.closedAt = null;
  notePullChange(world, place, account, { action: "REOPENED" });
}
