import type { Repository } from "../company";
import { authors, HOUR_MS, inventedId, NEWEST, pick } from "./invented";
import type { Branch, Commit, Push, Webhook } from "./model";

const PUSHES_PER_REPOSITORY = 8;

/** The newest pushes to the branch, newest first, and the creation of another. */
export function pushesOf(repository: Repository, branch: Branch, commits: readonly Commit[]): Push[] {
  const newest = commits.slice(-PUSHES_PER_REPOSITORY - 1).toReversed();
  return newest.slice(0, -1).map((commit, age) => ({
    id: repository.id * 1_000 + PUSHES_PER_REPOSITORY - age,
    at: commit.at,
    account: pick(authors, repository.id + age),
    ref: `refs/heads/${branch.name}`,
    type: "UPDATE",
    fromHash: newest[age + 1]?.id ?? inventedId("none"),
    toHash: commit.id,
  }));
}

/** Webhooks with ids unique on the server. */
export function webhooksOf(ownerId: number, count: number): Webhook[] {
  return Array.from({ length: count }, (_, at) => ({
    id: ownerId * 10 + at + 1,
    name: at === 0 ? "Build on push" : "Tell the chat",
    url: `https://hooks.fernwood.example/${ownerId}/${at + 1}`,
    events: at === 0 ? ["repo:refs_changed"] : ["pr:opened", "pr:merged", "pr:comment:added"],
    active: at === 0,
    secret: inventedId("hook", ownerId, at),
    createdAt: NEWEST - (ownerId + at) * HOUR_MS,
  }));
}
