import type { Account } from "../accounts";
import type { Repository } from "../company";
import { DAY_MS, HOUR_MS, inventedId, messages, NEWEST, pick } from "./invented";
import type { Branch, Commit, Participant, PullRequest, ReviewStatus } from "./model";

export interface LargePlan {
  repository: Repository;
  people: readonly Account[];
  pullRequests: number;
  oldest: number;
}

interface MadePullRequests {
  /** Newest first. */
  pullRequests: PullRequest[];
  /** The branches of the open ones, and their commits. */
  branches: Branch[];
  commits: Commit[];
}

/** Pull requests over the whole time of the main line; closed ones brought commits of that line. */
export function makeLargePullRequests(
  plan: LargePlan,
  main: readonly Commit[],
  isOpen: (id: number) => boolean,
): MadePullRequests {
  const branches: Branch[] = [];
  const commits: Commit[] = [];
  const pullRequests: PullRequest[] = [];
  const tip = pick(main, main.length - 1).id;
  for (let id = plan.pullRequests; id >= 1; id -= 1) {
    const place = Math.min(main.length - 1, Math.floor((main.length * id) / plan.pullRequests));
    const name = `feature/${id}-${pick(["retry", "dates", "decimals", "names"], id)}`;
    const open = isOpen(id);
    const own = open
      ? ownCommits(plan, pick(main, Math.max(0, place - 1)), id, main.length + commits.length)
      : [];
    commits.push(...own);
    const brought = open
      ? own.map((commit) => commit.id).toReversed()
      : main
          .slice(Math.max(0, place - (id % 3)), place + 1)
          .map((one) => one.id)
          .toReversed();
    const from = { name, latestCommit: brought[0] ?? tip };
    if (open) branches.push({ ...from, isDefault: false });
    pullRequests.push(pullRequest(plan, { id, open, from, brought, target: pick(main, place).id, tip }));
  }
  return { pullRequests, branches, commits };
}

function ownCommits({ repository, people }: LargePlan, base: Commit, id: number, order: number): Commit[] {
  const ids = [0, 1].map((turn) => inventedId(repository.id, "pull request", id, turn));
  return ids.map((own, turn) => ({
    id: own,
    message: `${pick(messages, id + turn)} (draft ${turn + 1})`,
    author: pick(people, repository.id * 7 + id),
    at: Math.min(NEWEST, base.at + (turn + 1) * HOUR_MS),
    authoredAt: Math.min(NEWEST, base.at + (turn + 1) * HOUR_MS),
    parents: [turn === 0 ? base.id : (ids[0] ?? base.id)],
    order: order + turn,
  }));
}

function pullRequest(
  { repository, people, pullRequests, oldest }: LargePlan,
  made: {
    id: number;
    open: boolean;
    from: PullRequest["from"];
    brought: readonly string[];
    target: string;
    tip: string;
  },
): PullRequest {
  const { id, open, from } = made;
  const state = open ? "OPEN" : id % 4 === 0 ? "DECLINED" : "MERGED";
  const createdAt = oldest + Math.floor(((NEWEST - oldest) * id) / (pullRequests + 1));
  const closedAt = open ? null : Math.min(NEWEST, createdAt + (1 + (id % 5)) * DAY_MS);
  // Somebody comes back to an old one: order by id and order by update differ.
  const updatedAt =
    id % 37 === 5
      ? NEWEST - (id % 48) * HOUR_MS
      : (closedAt ?? Math.min(NEWEST, createdAt + (id % 90) * HOUR_MS));
  const turn = repository.id * 7 + id;
  return {
    id,
    version: open ? id % 3 : 1 + (id % 3),
    title: `${pick(messages, turn)} (${id})`,
    description:
      id % 4 === 3
        ? ""
        : `Part ${id} of the work on ${repository.slug}.\n\n* tested on a copy\n* no change of the schema`,
    state,
    draft: open && id % 6 === 0,
    author: pick(people, turn),
    from,
    to: { name: "main", latestCommit: open ? made.tip : made.target },
    createdAt,
    updatedAt: Math.max(createdAt, updatedAt),
    closedAt,
    mergeCommit: state === "MERGED" ? made.target : null,
    commits: made.brought,
    participants: participants(turn, people, from.latestCommit, state),
    details: null,
  };
}

function participants(
  turn: number,
  people: readonly Account[],
  commit: string,
  state: PullRequest["state"],
): Participant[] {
  const statuses: readonly ReviewStatus[] =
    state === "MERGED" ? ["APPROVED", "APPROVED", "UNAPPROVED"] : ["UNAPPROVED", "NEEDS_WORK", "APPROVED"];
  return Array.from({ length: 1 + (turn % 3) }, (_, at): Participant => {
    const status = pick(statuses, at);
    return {
      account: pick(people, turn + 1 + at),
      role: at === 2 ? "PARTICIPANT" : "REVIEWER",
      status: at === 2 ? "UNAPPROVED" : status,
      lastReviewedCommit: at === 2 || status === "UNAPPROVED" ? null : commit,
    };
  });
}
