import { z } from "zod";
import type { Account } from "./accounts";
import { type Answer, json } from "./answer";
import { type Call, param } from "./call";
import { conflict, noSuchPullRequest, pullRequestOutOfDate } from "./errors";
import { pullRequestText } from "./pull-request-texts";
import type { Caller } from "./sign-in";
import { Texts } from "./texts";
import { userView } from "./views";
import type { PullRequest } from "./world/model";
import type { PullPlace } from "./world/pull-request-updates";
import type { World } from "./world/world";
import { optionalText, requiredText } from "./write-fields";
import { forActiveRepository } from "./write-place";

/** A pull request that is to change, and who changes it. */
export interface PullWritePlace extends PullPlace {
  caller: Caller;
}

export const titleField = requiredText("the title", 255);
export const descriptionField = optionalText("description", 32_768);
export const draftField = z.boolean({ error: "draft has to be true or false." }).optional();
export const reviewersField = z
  .array(z.object({ user: z.object({ name: requiredText("the name of the reviewer") }) }), {
    error: "The reviewers have to be a list.",
  })
  .nullish();
export const refField = z.object({
  id: requiredText("the branch").transform((id) => id.replace(/^refs\/heads\//, "")),
  repository: z
    .object({
      slug: requiredText("the repository"),
      project: z.object({ key: requiredText("the key of the project") }),
    })
    .optional(),
});
export const versionField = z.number({ error: "The version of the pull request is needed." });

/** Finds the pull request of the path in a repository that is not archived. */
export function forOwnPull(call: Call, answer: (place: PullWritePlace) => Answer): Answer {
  return forActiveRepository(call, "READ", ({ repository, content, caller }) => {
    const id = param(call, "pull");
    const pull = /^\d{1,9}$/.test(id) ? content.pullRequest(Number(id)) : undefined;
    if (!pull) return noSuchPullRequest(id, repository.project.key, repository.slug);
    // Made now, so that what is invented of a pull request does not depend on later changes.
    call.instance.world.detailsOf(repository, pull);
    return answer({ repository, content, pull, caller });
  });
}

/** A pull request as JSON values, for errors that carry one. */
export function pullRequestView(call: Call, place: PullPlace): unknown {
  return JSON.parse(pullRequestText(new Texts(call.instance), place.repository, place.pull));
}

/** The refusal of a version that is not today's; null if it is. */
export function outOfDate(call: Call, place: PullPlace, version: number): Answer | null {
  return version === place.pull.version
    ? null
    : pullRequestOutOfDate(place.pull.version, version, pullRequestView(call, place));
}

/** The refusal for a pull request in another state than `wanted`; null if it is in that. */
export function wrongState({ pull }: PullPlace, wanted: PullRequest["state"], verb: string): Answer | null {
  if (pull.state === wanted) return null;
  const message = `This pull request is ${pull.state.toLowerCase()} and cannot be ${verb}.`;
  return conflict(message, "pull.IllegalPullRequestStateException");
}

/** The accounts of named reviewers, or the 409 that lists those who cannot review. */
export function reviewersNamed(call: Call, names: readonly string[], author: Account): Account[] | Answer {
  const { world } = call.instance;
  const accounts: Account[] = [];
  const reviewerErrors: { context: string; message: string; exceptionName: null }[] = [];
  for (const name of new Set(names)) {
    const account = personNamed(world, name);
    const message =
      account === undefined
        ? `${name} is not a user.`
        : account === author
          ? `${name} is the author and cannot be a reviewer.`
          : null;
    if (message !== null) reviewerErrors.push({ context: name, message, exceptionName: null });
    else if (account) accounts.push(account);
  }
  if (reviewerErrors.length === 0) return accounts;
  return json(409, {
    errors: [
      {
        context: "reviewers",
        message: "Errors encountered while adding some reviewers to this pull request.",
        exceptionName: "com.atlassian.bitbucket.pull.InvalidPullRequestReviewersException",
        reviewerErrors,
        validReviewers: accounts.map((account) => ({ user: userView(call.instance, account) })),
      },
    ],
  });
}

/** A person by the name that is typed at the sign-in; ignores case. */
export function personNamed(world: World, name: string): Account | undefined {
  return world.people.find((one) => one.name.toLowerCase() === name.toLowerCase());
}
