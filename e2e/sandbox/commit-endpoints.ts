import { type Answer, json } from "./answer";
import { type Call, forRepository, param } from "./call";
import type { Repository } from "./company";
import { noDefaultBranch, noSuchCommit } from "./errors";
import { type Commit, historyOf } from "./history";
import { pageOf } from "./paging";
import { commitView } from "./views";

/** GET …/commits: newest first, from `until` (included) down to `since` (excluded). */
export function listCommits(call: Call): Answer {
  return forRepository(call, "READ", (repository) => {
    const { commits } = historyOf(repository);
    if (commits.length === 0) return noDefaultBranch();
    const until = call.query.get("until") ?? "main";
    const first = findCommit(repository, until);
    if (!first) return noSuchCommit(until, repository.slug);
    const since = call.query.get("since");
    const last = since === null ? undefined : findCommit(repository, since);
    if (since !== null && !last) return noSuchCommit(since, repository.slug);
    const end = last ? commits.indexOf(last) : commits.length;
    return pageOf(call.query, {
      rows: commits.slice(commits.indexOf(first), end),
      view: (commit) => commitView(call.instance, commit),
    });
  });
}

/** GET …/commits/{id}: by id or by the name of a branch. */
export function getCommit(call: Call): Answer {
  return forRepository(call, "READ", (repository) => {
    const id = param(call, "commit");
    const commit = findCommit(repository, id);
    return commit ? json(200, commitView(call.instance, commit)) : noSuchCommit(id, repository.slug);
  });
}

/** The commit with this id, or at this branch or refs/heads/ name. */
export function findCommit(repository: Repository, ref: string): Commit | undefined {
  const { commits, branches } = historyOf(repository);
  const name = ref.replace(/^refs\/heads\//, "");
  const id = branches.find((branch) => branch.name === name)?.latestCommit ?? ref;
  return commits.find((commit) => commit.id === id);
}
