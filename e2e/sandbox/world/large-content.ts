import type { Account } from "../accounts";
import type { Repository } from "../company";
import { emptyContent, type MadeContent } from "./content";
import { pushesOf, webhooksOf } from "./extras";
import { authors, DAY_MS, inventedId, messages, NEWEST, pick } from "./invented";
import { MANY_REFS, shareOf, WRONG_DEFAULT } from "./large-company";
import { type LargePlan, makeLargePullRequests } from "./large-pull-requests";
import type { Branch, Commit, Tag } from "./model";

const OLDEST = NEWEST - 900 * DAY_MS;
const EXTRA_BRANCHES = 1_300;
const EXTRA_TAGS = 1_200;
const FILES_OF_FIRST_COMMIT = 1_500;

/**
 * A repository of the large company: one long line of commits, two commits more for each open pull request, tags, and
 * pull requests. No git objects, since ids are cheaper than hashes of content.
 */
export function makeLargeContent(repository: Repository, people: readonly Account[]): MadeContent {
  const share = shareOf(repository.id);
  if (repository.empty || share.commits === 0) return emptyContent();
  const plan: LargePlan = { repository, people, pullRequests: share.pullRequests, oldest: OLDEST };
  const openCount = Array.from({ length: share.pullRequests }, (_, at) => at + 1).filter((id) =>
    isOpen(id, share.pullRequests),
  ).length;
  const main = mainLine(plan, share.commits - 2 * openCount);
  const {
    pullRequests,
    branches: own,
    commits,
  } = makeLargePullRequests(plan, main, (id) => isOpen(id, share.pullRequests));
  const tip = pick(main, main.length - 1).id;
  const isWrong = repository.id === WRONG_DEFAULT;
  const trunk: Branch = { name: "main", latestCommit: tip, isDefault: !isWrong };
  const releases = [1, 2, 3].map(
    (number): Branch => ({
      name: `release/${number}.x`,
      latestCommit: pick(main, Math.floor((main.length * number) / 4)).id,
      isDefault: false,
    }),
  );
  return {
    commits: [...main, ...commits],
    branches: [trunk, ...releases, ...own, ...extraBranches(repository, main)],
    tags: tagsOf(repository, main),
    pullRequests,
    pushes: pushesOf(repository, trunk, main),
    webhooks: webhooksOf(repository.id, repository.id % 3),
    files: filesOf(repository),
    objects: [],
    defaultBranch: isWrong ? "master" : "main",
    filesOfFirstCommit: repository.id % 30 === 0 ? FILES_OF_FIRST_COMMIT : 12,
  };
}

/** The newest twentieth and some forgotten old ones. */
function isOpen(id: number, count: number): boolean {
  return id > count * 0.95 || id % 50 === 1;
}

function mainLine({ repository, people }: LargePlan, count: number): Commit[] {
  const commits: Commit[] = [];
  for (let order = 0; order < count; order += 1) {
    const parent = commits[order - 1]?.id;
    // Each tenth is a merge of something that had left the line two commits before.
    const merged = order % 10 === 9 ? commits[order - 3]?.id : undefined;
    const turn = repository.id * 31 + order;
    // The clocks of people differ: now and then a commit says an earlier time than its parents.
    const at =
      OLDEST + Math.floor(((NEWEST - OLDEST) * (order + 1)) / count) - (order % 97 === 96 ? 10 * DAY_MS : 0);
    commits.push({
      id: inventedId(repository.id, "main", order),
      message: `${pick(messages, turn)} (${order + 1})`,
      author: authorOf(turn, people),
      at,
      authoredAt: order % 50 === 49 ? at - 30 * DAY_MS : at,
      parents: [parent, merged].filter((id) => id !== undefined),
      order,
    });
  }
  return commits;
}

function authorOf(turn: number, people: readonly Account[]): Commit["author"] {
  if (turn % 7 === 0) return { displayName: "Build Agent", emailAddress: "build@ci.fernwood.example" };
  return turn % 5 === 0 ? pick(authors, turn) : pick(people, turn * 13);
}

function extraBranches(repository: Repository, main: readonly Commit[]): Branch[] {
  if (repository.id !== MANY_REFS) return [];
  return Array.from({ length: EXTRA_BRANCHES }, (_, at) => ({
    name: `topic/${String(at + 1).padStart(4, "0")}`,
    latestCommit: pick(main, at).id,
    isDefault: false,
  }));
}

function filesOf(repository: Repository): Map<string, string> {
  const sources = Array.from(
    { length: 40 },
    (_, at) => [`${at % 3 === 0 ? "docs" : "src"}/part-${at + 1}.md`, `Part ${at + 1}\n`] as const,
  );
  return new Map([["README.md", `# ${repository.name}\n`], ...sources]);
}

function tagsOf(repository: Repository, main: readonly Commit[]): Tag[] {
  const count = repository.id === MANY_REFS ? EXTRA_TAGS : Math.floor(main.length / 100);
  return Array.from({ length: count }, (_, at) => ({
    name: `v1.${at}.0`,
    latestCommit: pick(main, at * 97).id,
    hash: at % 2 === 0 ? inventedId(repository.id, "tag", at) : null,
  }));
}
