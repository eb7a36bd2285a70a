import { z } from "zod";
import { type Answer, json, jsonText } from "./answer";
import { type Call, forRepository, param } from "./call";
import type { Repository } from "./company";
import { badField, noSuchPullRequest } from "./errors";
import { textPageFor } from "./paging";
import { pullRequestText } from "./pull-request-texts";
import { Texts } from "./texts";
import type { Content } from "./world/content";
import type { PullRequest } from "./world/model";

const stateSchema = z.enum(["OPEN", "MERGED", "DECLINED", "ALL"]);

/** GET …/pull-requests: open ones unless `state` names others, newest first unless `order` is OLDEST. */
export function listPullRequests(call: Call): Answer {
  return forRepository(call, "READ", (repository) => {
    const { query, instance } = call;
    const state = stateSchema.safeParse((query.get("state") ?? "OPEN").toUpperCase());
    if (!state.success) return badField("state", "The state has to be one of OPEN, MERGED, DECLINED, ALL.");
    const wanted = state.data;
    const filter = (query.get("filterText") ?? "").toLowerCase();
    const draft = query.get("draft");
    const { pullRequests } = instance.world.contentOf(repository);
    const pulls = pullRequests.filter(
      (one) =>
        (wanted === "ALL" || one.state === wanted) &&
        isOfThose(one, query) &&
        isAt(one, query) &&
        (draft === null || String(one.draft) === draft) &&
        (filter === "" || `${one.title} ${one.description}`.toLowerCase().includes(filter)),
    );
    if (instance.settings.pullRequestOrder === "updated") {
      pulls.sort((one, other) => other.updatedAt - one.updatedAt || other.id - one.id);
    }
    const texts = new Texts(instance);
    return textPageFor(call, {
      rows: query.get("order") === "OLDEST" ? pulls.toReversed() : pulls,
      text: (pull) => pullRequestText(texts, repository, pull, query.get("withProperties") !== "false"),
    });
  });
}

/** GET …/pull-requests/{id}. */
export function getPullRequest(call: Call): Answer {
  return forPullRequest(call, (repository, pull) =>
    jsonText(200, pullRequestText(new Texts(call.instance), repository, pull)),
  );
}

/** `username.1=…&role.1=AUTHOR`, up to ten. */
function isOfThose(pull: PullRequest, query: URLSearchParams): boolean {
  if (!query.has("username.1")) return true;
  return Array.from({ length: 10 }, (_, index) => index + 1).every((number) => {
    const name = query.get(`username.${number}`)?.toLowerCase();
    if (name === undefined) return true;
    const role = (query.get(`role.${number}`) ?? "").toUpperCase();
    if ((role === "" || role === "AUTHOR") && pull.author.name.toLowerCase() === name) return true;
    return pull.participants.some(
      (one) => (role === "" || one.role === role) && one.account.name.toLowerCase() === name,
    );
  });
}

/** `at` is a branch: the target of incoming ones, which is the default, or the source of outgoing ones. */
function isAt({ from, to }: PullRequest, query: URLSearchParams): boolean {
  const at = query.get("at");
  if (at === null || at === "") return true;
  const { name } = query.get("direction")?.toUpperCase() === "OUTGOING" ? from : to;
  return at === `refs/heads/${name}` || at === name;
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

/** Finds the pull request of the path for a caller who may read its repository. */
export function forPullRequest(
  call: Call,
  answer: (repository: Repository, pull: PullRequest, content: Content) => Answer,
): Answer {
  return forRepository(call, "READ", (repository) => {
    const id = param(call, "pull");
    const content = call.instance.world.contentOf(repository);
    const pull = /^\d{1,9}$/.test(id) ? content.pullRequest(Number(id)) : undefined;
    return pull
      ? answer(repository, pull, content)
      : noSuchPullRequest(id, repository.project.key, repository.slug);
  });
}
