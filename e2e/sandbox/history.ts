import { type Account, sandboxAccounts } from "./accounts";
import type { Repository } from "./company";
import { type GitObject, gitBlob, gitCommit, gitTree } from "./git-objects";

export interface Commit {
  id: string;
  message: string;
  author: Account;
  at: number;
  parents: readonly string[];
}

export interface Branch {
  name: string;
  latestCommit: string;
  isDefault: boolean;
}

export interface PullRequest {
  id: number;
  title: string;
  state: "OPEN" | "MERGED" | "DECLINED";
  author: Account;
  from: Branch;
  to: Branch;
  createdAt: number;
  updatedAt: number;
}

export interface History {
  /** Newest first. */
  commits: readonly Commit[];
  branches: readonly Branch[];
  /** Newest first. */
  pullRequests: readonly PullRequest[];
  /** All git objects: commits, the one folder and the one file. */
  objects: readonly GitObject[];
  /** The newest content of each file, by path. */
  files: ReadonlyMap<string, string>;
}

const NEWEST = Date.UTC(2026, 4, 29, 14, 30);
const HOUR_MS = 3_600_000;
const COMMITS_PER_REPOSITORY = 32;

const authors = [sandboxAccounts.jane, sandboxAccounts.omar, sandboxAccounts.zoe, sandboxAccounts.ana];
const messages = [
  "Read the retry budget from the settings",
  "Drop the unused staging table",
  "Name the column after what it holds",
  "Cover the empty file with a test",
  "Write dates in UTC",
  "Split the nightly job in two",
  "Say which row was refused",
];

const pullRequestSeeds = [
  { id: 4, title: "Read amounts as decimals", state: "OPEN", branch: "feature/decimal-amounts" },
  { id: 3, title: "Retry the hourly load", state: "OPEN", branch: "feature/hourly-retry" },
  { id: 2, title: "Remove the old importer", state: "MERGED", branch: "chore/remove-importer" },
  { id: 1, title: "Try another date library", state: "DECLINED", branch: "spike/dates" },
] as const;

const emptyHistory: History = { commits: [], branches: [], pullRequests: [], objects: [], files: new Map() };
const known = new Map<number, History>();

/** Commits, branches and pull requests of a repository: invented, and the same on every start. */
export function historyOf(repository: Repository): History {
  if (repository.empty) return emptyHistory;
  const made = known.get(repository.id) ?? makeHistory(repository);
  known.set(repository.id, made);
  return made;
}

function makeHistory(repository: Repository): History {
  const text = `# ${repository.name}\n\nInvented, as everything on this server.\n`;
  const readme = gitBlob(text);
  const tree = gitTree("README.md", readme);
  const commitObjects: GitObject[] = [];
  const commits: Commit[] = [];
  // Oldest first: a commit's id depends on its parent's.
  for (let age = COMMITS_PER_REPOSITORY - 1; age >= 0; age -= 1) {
    const turn = repository.id + age;
    const made = {
      message: pick(messages, turn),
      author: pick(authors, turn),
      at: NEWEST - age * 7 * HOUR_MS,
      parents: commitObjects.slice(-1).map(({ id }) => id),
    };
    const object = gitCommit({ ...made, tree });
    commitObjects.push(object);
    commits.unshift({ ...made, id: object.id });
  }
  const idOf = (age: number) => pick(commits, age).id;
  const main: Branch = { name: "main", latestCommit: idOf(0), isDefault: true };
  const others = pullRequestSeeds.map(
    (seed): Branch => ({ name: seed.branch, latestCommit: idOf(seed.id), isDefault: false }),
  );
  const pullRequests = pullRequestSeeds.map(
    (seed, age): PullRequest => ({
      id: seed.id,
      title: seed.title,
      state: seed.state,
      author: pick(authors, repository.id + age),
      from: pick(others, age),
      to: main,
      createdAt: NEWEST - (age * 40 + 20) * HOUR_MS,
      updatedAt: NEWEST - (age * 40 + 2) * HOUR_MS,
    }),
  );
  return {
    commits,
    branches: [main, ...others],
    pullRequests,
    objects: [...commitObjects, tree, readme],
    files: new Map([["README.md", text]]),
  };
}

function pick<Item>(items: readonly Item[], turn: number): Item {
  const item = items[turn % items.length];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}
