import { z } from "zod";
import { type Answer, json, noContent } from "./answer";
import { type Call, forSignedIn, param } from "./call";
import { commentOutOfDate, noSuchComment, notPermitted, repositoryArchived } from "./errors";
import type { Comment } from "./instance";
import { forPullRequest } from "./pull-request-endpoints";
import { parseBody } from "./validation";
import { commentView, pullRequestsAddress } from "./views";

const EMPTY_TEXT = "Please enter the text of the comment.";
const commentSchema = z.object({
  text: z
    .string({ error: EMPTY_TEXT })
    .max(32_768, "A comment is limited to 32768 characters.")
    .refine((text) => text.trim() !== "", EMPTY_TEXT),
});
const changeSchema = commentSchema.extend({
  version: z.number({ error: "The version of the comment is needed." }),
});

/** POST …/pull-requests/{id}/comments: requires the right to read the repository; 201 with the comment's address. */
export function addComment(call: Call): Answer {
  return forPullRequest(call, (repository, pull) =>
    forSignedIn(call, (author) => {
      if (repository.archived) return repositoryArchived(repository.project.key, repository.slug);
      const parsed = parseBody(commentSchema, call.body);
      if ("refusal" in parsed) return parsed.refusal;
      const comment: Comment = {
        id: call.instance.nextCommentId(),
        version: 0,
        repositoryId: repository.id,
        pullRequestId: pull.id,
        text: parsed.body.text,
        author,
        createdAt: Date.now(),
      };
      call.instance.comments.push(comment);
      const address = `${pullRequestsAddress(call.instance, repository)}/${pull.id}/comments/${comment.id}`;
      const location = address.replace(call.instance.baseUrl, `${call.instance.baseUrl}/rest/api/1.0`);
      return json(201, commentView(call.instance, comment), { Location: location });
    }),
  );
}

/** GET …/comments/{id}. */
export function getComment(call: Call): Answer {
  return forComment(call, (comment) => json(200, commentView(call.instance, comment)));
}

/** PUT …/comments/{id}: by its author, with the version last read. */
export function changeComment(call: Call): Answer {
  return forOwnComment(call, (comment) => {
    const parsed = parseBody(changeSchema, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    if (parsed.body.version !== comment.version)
      return commentOutOfDate(comment.version, parsed.body.version);
    comment.text = parsed.body.text;
    comment.version += 1;
    return json(200, commentView(call.instance, comment));
  });
}

/** DELETE …/comments/{id}?version=: by its author. */
export function deleteComment(call: Call): Answer {
  return forOwnComment(call, (comment) => {
    const version = Number(call.query.get("version") ?? "-1");
    if (version !== comment.version) return commentOutOfDate(comment.version, version);
    call.instance.comments.splice(call.instance.comments.indexOf(comment), 1);
    return noContent;
  });
}

function forOwnComment(call: Call, answer: (comment: Comment) => Answer): Answer {
  return forSignedIn(call, (caller) =>
    forComment(call, (comment) =>
      comment.author.account === caller.account ? answer(comment) : notPermitted(),
    ),
  );
}

function forComment(call: Call, answer: (comment: Comment) => Answer): Answer {
  return forPullRequest(call, (repository, pull) => {
    const id = param(call, "comment");
    const comment = call.instance.comments.find(
      (one) => String(one.id) === id && one.pullRequestId === pull.id && one.repositoryId === repository.id,
    );
    return comment ? answer(comment) : noSuchComment(id);
  });
}
