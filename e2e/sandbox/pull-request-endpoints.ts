import { z } from "zod";
import { type Answer, json } from "./answer";
import { type Call, forRepository, forSignedIn, param } from "./call";
import type { Repository } from "./company";
import { badField, noSuchPullRequest, repositoryArchived } from "./errors";
import { historyOf, type PullRequest } from "./history";
import type { Comment } from "./instance";
import { pageOf } from "./paging";
import { parseBody } from "./validation";
import { commentView, pullRequestDate, pullRequestsAddress, pullRequestView, userView } from "./views";

const stateSchema = z.enum(["OPEN", "MERGED", "DECLINED", "ALL"]);

const EMPTY_TEXT = "Please enter the text of the comment.";
const commentSchema = z.object({
  text: z
    .string({ error: EMPTY_TEXT })
    .max(32_768, "A comment is limited to 32768 characters.")
    .refine((text) => text.trim() !== "", EMPTY_TEXT),
});

/** GET …/pull-requests: open ones unless `state` says otherwise, newest first unless `order` is OLDEST. */
export function listPullRequests(call: Call): Answer {
  return forRepository(call, "READ", (repository) => {
    const state = stateSchema.safeParse((call.query.get("state") ?? "OPEN").toUpperCase());
    if (!state.success) return badField("state", "The state has to be one of OPEN, MERGED, DECLINED, ALL.");
    const wanted = state.data;
    const pulls = historyOf(repository).pullRequests.filter(
      (one) => wanted === "ALL" || one.state === wanted,
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

/** POST …/pull-requests/{id}/comments: reading the repository is right enough; 201 with the comment's address. */
export function addComment(call: Call): Answer {
  return forPullRequest(call, (repository, pull) =>
    forSignedIn(call, (author) => {
      if (repository.archived) return repositoryArchived(repository.project.key, repository.slug);
      const parsed = parseBody(commentSchema, call.body);
      if ("refusal" in parsed) return parsed.refusal;
      const { comments } = call.instance;
      const comment: Comment = {
        id: comments.length + 1,
        repositoryId: repository.id,
        pullRequestId: pull.id,
        text: parsed.body.text,
        author,
        createdAt: Date.now(),
      };
      comments.push(comment);
      const address = `${pullRequestsAddress(call.instance, repository)}/${pull.id}/comments/${comment.id}`;
      const location = address.replace(call.instance.baseUrl, `${call.instance.baseUrl}/rest/api/1.0`);
      return json(201, commentView(call.instance, comment), { Location: location });
    }),
  );
}

function forPullRequest(call: Call, answer: (repository: Repository, pull: PullRequest) => Answer): Answer {
  return forRepository(call, "READ", (repository) => {
    const id = param(call, "pull");
    const pull = historyOf(repository).pullRequests.find((one) => String(one.id) === id);
    return pull ? answer(repository, pull) : noSuchPullRequest(id, repository.project.key, repository.slug);
  });
}
