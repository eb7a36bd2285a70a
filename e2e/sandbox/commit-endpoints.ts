import { type Answer, jsonText } from "./answer";
import { type Call, forRepository, param } from "./call";
import type { Repository } from "./company";
import { badField, defaultBranchMissing, noDefaultBranch, noSuchCommit } from "./errors";
import { pathsOf } from "./file-changes";
import { textPageFor } from "./paging";
import { pullRequestText } from "./pull-request-texts";
import { Texts } from "./texts";
import type { Content } from "./world/content";
import type { Commit } from "./world/model";

/** GET …/commits: newest first, from `until` (included) down to what `since` does not reach. */
export function listCommits(call: Call): Answer {
  const merges = call.query.get("merges") ?? "include";
  if (!["include", "exclude", "only"].includes(merges)) {
    return badField("merges", "The merges have to be one of include, exclude, only.");
  }
  return forCommitAt(call, call.query.get("until"), (repository, content, first) => {
    const given = call.query.get("since");
    const since = given === null || given === "" ? null : content.find(given);
    if (since === undefined && call.query.get("ignoreMissing") !== "true") {
      return noSuchCommit(given ?? "", repository.slug);
    }
    const path = call.query.get("path");
    const rows = content
      .history(first.id, since?.id ?? null)
      .filter(
        (commit) =>
          (merges === "include" || (merges === "only") === commit.parents.length > 1) &&
          (path === null ||
            pathsOf(content, commit).some((one) => one === path || one.startsWith(`${path}/`))),
      );
    const texts = new Texts(call.instance);
    return textPageFor(call, { rows, text: (commit) => texts.commit(commit) });
  });
}

/** GET …/commits/{id}: by id or by the name of a branch or tag. */
export function getCommit(call: Call): Answer {
  return forCommit(call, (_repository, _content, commit) =>
    jsonText(200, new Texts(call.instance).commit(commit)),
  );
}

/** GET …/commits/{id}/pull-requests: those that brought the commit. */
export function listPullRequestsOfCommit(call: Call): Answer {
  return forCommit(call, (repository, content, commit) => {
    const texts = new Texts(call.instance);
    return textPageFor(call, {
      rows: content.pullRequests.filter((one) => one.commits.includes(commit.id)),
      text: (pull) => pullRequestText(texts, repository, pull),
    });
  });
}

/** Finds the commit of the path. */
export function forCommit(
  call: Call,
  answer: (repository: Repository, content: Content, commit: Commit) => Answer,
): Answer {
  return forRepository(call, "READ", (repository) => {
    const content = call.instance.world.contentOf(repository);
    const commit = content.find(param(call, "commit"));
    return commit
      ? answer(repository, content, commit)
      : noSuchCommit(param(call, "commit"), repository.slug);
  });
}

/** Finds the commit that a query names; without a name, the default branch's newest. */
export function forCommitAt(
  call: Call,
  ref: string | null,
  answer: (repository: Repository, content: Content, commit: Commit) => Answer,
): Answer {
  return forRepository(call, "READ", (repository) => {
    const content = call.instance.world.contentOf(repository);
    if (ref) {
      const named = content.find(ref);
      return named ? answer(repository, content, named) : noSuchCommit(ref, repository.slug);
    }
    if (content.default === undefined) {
      return content.defaultBranch === null ? noDefaultBranch() : defaultBranchMissing(content.defaultBranch);
    }
    const newest = content.find(content.default.latestCommit);
    return newest ? answer(repository, content, newest) : noDefaultBranch();
  });
}
