import { createHash } from "node:crypto";
import { type Account, sandboxAccounts } from "./accounts";
import type { Repository } from "./company";

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

const emptyHistory: History = { commits: [], branches: [], pullRequests: [] };
const known = new Map<number, History>();

/** Commits, branches and pull requests of a repository: invented, and the same on every start. */
export function historyOf(repository: Repository): History {
  if (repository.empty) return emptyHistory;
  const made = known.get(repository.id) ?? makeHistory(repository);
  known.set(repository.id, made);
  return made;
}

function makeHistory(repository: Repository): History {
  const idOf = (age: number) =>
    createHash("sha1").update(`${repository.project.key}/${repository.slug}#${age}`).digest("hex");
  const commits = Array.from({ length: COMMITS_PER_REPOSITORY }, (_, age): Commit => {
    const turn = repository.id + age;
    return {
      id: idOf(age),
      message: pick(messages, turn),
      author: pick(authors, turn),
      at: NEWEST - age * 7 * HOUR_MS,
      parents: age + 1 < COMMITS_PER_REPOSITORY ? [idOf(age + 1)] : [],
    };
  });
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
  return { commits, branches: [main, ...others], pullRequests };
}

function pick<Item>(items: readonly Item[], turn: number): Item {
  const item = items[turn % items.length];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}
