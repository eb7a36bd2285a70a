import { z } from "zod";
import type { Account } from "../accounts";
import type { Repository } from "../company";
import { accountNamed, accountSchema, change, growLine, repositoryAt, repositorySchema } from "./change";
import type { Content } from "./content";
import { inventedId } from "./invented";
import type { Branch } from "./model";
import type { World } from "./world";

/** The id of no commit: before a branch, and after it. */
export const NONE = "0".repeat(40);
const count = z.number().int().min(1).max(100_000);

const branchSchema = z.object({
  repository: repositorySchema,
  branch: z.string().default("main"),
  by: accountSchema,
});

/** Adds commits to a branch; open pull requests from it follow. Returns their ids, oldest first. */
export const addCommits = change(
  branchSchema.extend({ count: count.default(1), message: z.string().optional() }),
  (world, given) => {
    const { repository, content } = repositoryAt(world, given.repository);
    const branch = branchOf(content, given.branch);
    const author = accountNamed(world, given.by);
    const made = growLine(world, content, { ...given, parents: [branch.latestCommit], author });
    moveBranch(world, { repository, content, branch, author }, made.at(-1) ?? branch.latestCommit);
    return { commits: made };
  },
);

/** Replaces the newest commits of a branch by others; the replaced ones are gone from the server. */
export const forcePush = change(
  branchSchema.extend({ drop: count.default(1), add: count.default(1) }),
  (world, given) => {
    const { repository, content } = repositoryAt(world, given.repository);
    const branch = branchOf(content, given.branch);
    const author = accountNamed(world, given.by);
    const oldTip = branch.latestCommit;
    let base = oldTip;
    for (let left = given.drop; left > 0; left -= 1) {
      const parent = content.commits.get(base)?.parents[0];
      if (parent === undefined) throw new RangeError("the branch has no more commits to drop");
      base = parent;
    }
    const made = growLine(world, content, { parents: [base], count: given.add, author });
    moveBranch(world, { repository, content, branch, author }, made.at(-1) ?? base);
    content.collect();
    return { oldTip, newTip: branch.latestCommit, commits: made };
  },
);

/** Creates a branch at a commit, branch or tag. */
export const createBranch = change(
  branchSchema.extend({ branch: z.string(), at: z.string().default("main") }),
  (world, given) => {
    const { repository, content } = repositoryAt(world, given.repository);
    if (content.branch(given.branch)) throw new RangeError(`the branch ${given.branch} is there already`);
    const commit = content.find(given.at);
    if (!commit) throw new RangeError(`there is no commit ${given.at}`);
    const branch: Branch = { name: given.branch, latestCommit: commit.id, isDefault: false };
    content.branches.push(branch);
    notePush(
      world,
      { repository, content, branch, author: accountNamed(world, given.by) },
      { from: NONE, to: commit.id },
    );
    return branch;
  },
);

/** Deletes a branch, and the commits that nothing else reaches. */
export const deleteBranch = change(branchSchema.extend({ branch: z.string() }), (world, given) => {
  const { repository, content } = repositoryAt(world, given.repository);
  const branch = branchOf(content, given.branch);
  content.branches = content.branches.filter((one) => one !== branch);
  notePush(
    world,
    { repository, content, branch, author: accountNamed(world, given.by) },
    { from: branch.latestCommit, to: NONE },
  );
  content.collect();
  return branch;
});

/** Creates a tag at a commit or branch. */
export const createTag = change(
  z.object({
    repository: repositorySchema,
    tag: z.string(),
    at: z.string().default("main"),
    isAnnotated: z.boolean().default(false),
  }),
  (world, given) => {
    const { repository, content } = repositoryAt(world, given.repository);
    const commit = content.find(given.at);
    if (!commit) throw new RangeError(`there is no commit ${given.at}`);
    const hash = given.isAnnotated ? inventedId(repository.id, "new tag", given.tag) : null;
    const tag = { name: given.tag, latestCommit: commit.id, hash };
    content.tags = [...content.tags.filter((one) => one.name !== given.tag), tag];
    return tag;
  },
);

/** Deletes a tag. */
export const deleteTag = change(
  z.object({ repository: repositorySchema, tag: z.string() }),
  (world, given) => {
    const { content } = repositoryAt(world, given.repository);
    const tag = content.tags.find((one) => one.name === given.tag);
    if (!tag) throw new RangeError(`there is no tag ${given.tag}`);
    content.tags = content.tags.filter((one) => one !== tag);
    return tag;
  },
);

export interface Place {
  repository: Repository;
  content: Content;
  branch: Branch;
  author: Account;
}

/** The branch with this name; throws if there is none. */
export function branchOf(content: Content, name: string): Branch {
  const branch = content.branch(name);
  if (!branch) throw new RangeError(`there is no branch ${name}`);
  return branch;
}

/** Moves a branch to another commit, as a push does: open pull requests from it follow and say so. */
export function moveBranch(world: World, place: Place, to: string): void {
  const { repository, content, branch, author } = place;
  const from = branch.latestCommit;
  branch.latestCommit = to;
  notePush(world, place, { from, to });
  for (const pull of content.pullRequests) {
    if (pull.state !== "OPEN" || pull.from.name !== branch.name) continue;
    const before = pull.commits;
    const target = content.branch(pull.to.name)?.latestCommit ?? pull.to.latestCommit;
    const details = world.detailsOf(repository, pull);
    const rescope = {
      fromHash: to,
      toHash: target,
      previousFromHash: pull.from.latestCommit,
      previousToHash: pull.to.latestCommit,
    };
    pull.from = { name: branch.name, latestCommit: to };
    pull.to = { ...pull.to, latestCommit: target };
    pull.commits = content.history(to, target).map((one) => one.id);
    const at = world.nextMoment();
    pull.updatedAt = at;
    pull.version += 1;
    details.activities.push({
      id: world.nextId(),
      at,
      account: author,
      action: "RESCOPED",
      rescope: {
        ...rescope,
        added: pull.commits.filter((id) => !before.includes(id)),
        removed: before.filter((id) => !pull.commits.includes(id)),
      },
    });
  }
}

/** Notes a push in the repository's list of them. */
export function notePush(
  world: World,
  { content, branch, author }: Place,
  { from: fromHash, to: toHash }: { from: string; to: string },
): void {
  const type = fromHash === NONE ? "ADD" : toHash === NONE ? "DELETE" : "UPDATE";
  content.pushes.unshift({
    id: 50_000_000 + world.nextId(),
    at: world.nextMoment(),
    account: author,
    ref: `refs/heads/${branch.name}`,
    type,
    fromHash,
    toHash,
  });
}
