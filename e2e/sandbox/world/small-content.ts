import type { Repository } from "../company";
import { type GitObject, gitBlob, gitCommit, gitTree } from "../git-objects";
import { emptyContent, type MadeContent } from "./content";
import { pushesOf, webhooksOf } from "./extras";
import { authors, HOUR_MS, inventedId, messages, NEWEST, pick } from "./invented";
import type { Branch, Commit, Participant, PullRequest } from "./model";

const COMMITS_PER_REPOSITORY = 32;

const pullRequestSeeds = [
  { id: 4, title: "Read amounts as decimals", state: "OPEN", branch: "feature/decimal-amounts" },
  { id: 3, title: "Retry the hourly load", state: "OPEN", branch: "feature/hourly-retry" },
  { id: 2, title: "Remove the old importer", state: "MERGED", branch: "chore/remove-importer" },
  { id: 1, title: "Try another date library", state: "DECLINED", branch: "spike/dates" },
] as const;

/** A repository of the small company: 32 commits that git can clone, five branches, two tags, four pull requests. */
export function makeSmallContent(repository: Repository): MadeContent {
  if (repository.empty) return emptyContent();
  const text = `# ${repository.name}\n\nInvented, as everything on this server.\n`;
  const readme = gitBlob(text);
  const tree = gitTree("README.md", readme);
  const commitObjects: GitObject[] = [];
  const commits: Commit[] = [];
  // Oldest first: a commit's id depends on its parent's.
  for (let age = COMMITS_PER_REPOSITORY - 1; age >= 0; age -= 1) {
    const turn = repository.id + age;
    const at = NEWEST - age * 7 * HOUR_MS;
    const author = pick(authors, turn);
    const made = {
      message: pick(messages, turn),
      author,
      at,
      authoredAt: at,
      parents: commitObjects.slice(-1).map(({ id }) => id),
    };
    const object = gitCommit({ ...made, tree });
    commitObjects.push(object);
    commits.push({ ...made, id: object.id, order: commits.length });
  }
  const idOf = (age: number) => pick(commits, COMMITS_PER_REPOSITORY - 1 - age).id;
  const main: Branch = { name: "main", latestCommit: idOf(0), isDefault: true };
  const others = pullRequestSeeds.map(
    (seed): Branch => ({ name: seed.branch, latestCommit: idOf(seed.id), isDefault: false }),
  );
  const tags = [
    { name: "v1.0.0", latestCommit: idOf(20), hash: inventedId("tag", repository.id) },
    { name: "v1.1.0", latestCommit: idOf(9), hash: null },
  ];
  const pullRequests = pullRequestSeeds.map((seed, age): PullRequest => {
    const from = pick(others, age);
    const updatedAt = NEWEST - (age * 40 + 2) * HOUR_MS;
    const isOpen = seed.state === "OPEN";
    return {
      id: seed.id,
      version: isOpen ? 0 : 1,
      title: seed.title,
      description: age === 0 ? "" : `Makes ${repository.slug} easier to run.`,
      state: seed.state,
      draft: false,
      author: pick(authors, repository.id + age),
      from: { name: from.name, latestCommit: from.latestCommit },
      to: { name: main.name, latestCommit: main.latestCommit },
      createdAt: NEWEST - (age * 40 + 20) * HOUR_MS,
      updatedAt,
      closedAt: isOpen ? null : updatedAt,
      mergeCommit: seed.state === "MERGED" ? main.latestCommit : null,
      commits: [from.latestCommit],
      // The newest has only been opened: tests and visitors write to it.
      participants: age === 0 ? [] : reviewersOf(repository.id + age, from.latestCommit, seed.state),
      details: null,
    };
  });
  return {
    commits,
    branches: [main, ...others],
    tags,
    pullRequests,
    pushes: pushesOf(repository, main, commits),
    webhooks: webhooksOf(repository.id, 1 + (repository.id % 2)),
    objects: [...commitObjects, tree, readme],
    files: new Map([["README.md", text]]),
    defaultBranch: "main",
    filesOfFirstCommit: 3,
  };
}

function reviewersOf(turn: number, commit: string, state: PullRequest["state"]): Participant[] {
  const status = state === "MERGED" ? "APPROVED" : state === "DECLINED" ? "NEEDS_WORK" : "UNAPPROVED";
  return [
    {
      account: pick(authors, turn + 1),
      role: "REVIEWER",
      status,
      lastReviewedCommit: status === "UNAPPROVED" ? null : commit,
    },
    { account: pick(authors, turn + 2), role: "PARTICIPANT", status: "UNAPPROVED", lastReviewedCommit: null },
  ];
}
