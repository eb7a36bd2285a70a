import { z } from "zod";
import { type Answer, json } from "./answer";
import { type Call, forRepository, param } from "./call";
import type { Repository } from "./company";
import { badField, noSuchPullRequest } from "./errors";
import { historyOf, type PullRequest } from "./history";
import { pageOf } from "./paging";
import { commentView, commitView, pullRequestDate, pullRequestView, userView } from "./views";

const stateSchema = z.enum(["OPEN", "MERGED", "DECLINED", "ALL"]);

/** GET …/pull-requests: open ones unless `state` names others, newest first unless `order` is OLDEST. */
export function listPullRequests(call: Call): Answer {
  return forRepository(call, "READ", (repository) => {
    const state = stateSchema.safeParse((call.query.get("state") ?? "OPEN").toUpperCase());
    if (!state.success) return badField("state", "The state has to be one of OPEN, MERGED, DECLINED, ALL.");
    const wanted = state.data;
    const pulls = historyOf(repository).pullRequests.filter(
      (one) => (wanted === "ALL" || one.state === wanted) && isOfThose(one, call.query),
    );
    return pageOf(call.query, {
      rows: call.query.get("order") === "OLDEST" ? pulls.toReversed() : pulls,
      view: (pull) => pullRequestView(call.instance, repository, pull),
    });
  });
}

/** GET …/pull-requests/{id}. */
export function getPullRequest(call: Call): Answer {
  return forPullRequest(call, (repository, pull) =>
    json(200, pullRequestView(call.instance, repository, pull)),
  );
}

/** `username.1=…&role.1=AUTHOR`, up to ten; in the sandbox the author is the only participant. */
function isOfThose(pull: PullRequest, query: URLSearchParams): boolean {
  return Array.from({ length: 10 }, (_, index) => index + 1).every((number) => {
    const name = query.get(`username.${number}`);
    if (name === null) return true;
    const isAuthorWanted = (query.get(`role.${number}`) ?? "AUTHOR").toUpperCase() === "AUTHOR";
    return isAuthorWanted && pull.author.name.toLowerCase() === name.toLowerCase();
  });
}

/** GET …/pull-requests/{id}/commits: the branch's commits that its target lacks; here the newest one. */
export function listPullRequestCommits(call: Call): Answer {
  return forPullRequest(call, (repository, pull) =>
    pageOf(call.query, {
      rows: historyOf(repository).commits.filter(({ id }) => id === pull.from.latestCommit),
      view: (commit) => commitView(call.instance, commit),
    }),
  );
}

/** GET …/settings/pull-requests: the merge settings. */
export function getPullRequestSettings(call: Call): Answer {
  return forRepository(call, "READ", () => {
    const strategy = { id: "no-ff", name: "Merge commit", enabled: true, flag: "--no-ff" };
    return json(200, {
      mergeConfig: { defaultStrategy: strategy, strategies: [strategy], type: "DEFAULT" },
      requiredAllApprovers: false,
      requiredAllTasksComplete: false,
      requiredApprovers: 0,
      requiredSuccessfulBuilds: 0,
    });
  });
}

/** GET …/pull-requests/{id}/activities: comments, newest first, and the opening. */
export function listActivities(call: Call): Answer {
  return forPullRequest(call, (repository, pull) => {
    const commented = call.instance.comments
      .filter((one) => one.repositoryId === repository.id && one.pullRequestId === pull.id)
      .toReversed()
      .map((comment) => ({
        id: comment.id + 1000,
        createdDate: pullRequestDate(call.instance, comment.createdAt),
        user: userView(call.instance, comment.author.account),
        action: "COMMENTED",
        commentAction: "ADDED",
        comment: commentView(call.instance, comment),
      }));
    const opened = {
      id: pull.id,
      createdDate: pullRequestDate(call.instance, pull.createdAt),
      user: userView(call.instance, pull.author),
      action: "OPENED",
    };
    return pageOf<object>(call.query, { rows: [...commented, opened], view: (activity) => activity });
  });
}

/** Finds the pull request of the path for a caller who may read its repository. */
export function forPullRequest(
  call: Call,
  answer: (repository: Repository, pull: PullRequest) => Answer,
): Answer {
  return forRepository(call, "READ", (repository) => {
    const id = param(call, "pull");
    const pull = historyOf(repository).pullRequests.find((one) => String(one.id) === id);
    return pull ? answer(repository, pull) : noSuchPullRequest(id, repository.project.key, repository.slug);
  });
}
