import type { Answer } from "./answer";
import { type Call, forSignedIn, param, viewerOf } from "./call";
import { changeCommentOf, commentAnswer, deleteCommentOf, type Place, writeComment } from "./comment-writes";
import { forCommit } from "./commit-endpoints";
import { badField, noSuchComment, repositoryArchived } from "./errors";
import { textPageFor } from "./paging";
import { canOnRepository } from "./permissions";
import { commentText, isSeenBy } from "./pull-request-texts";
import { Texts } from "./texts";
import { addToDiscussion, findComment } from "./world/comments";
import type { Commit, PullComment } from "./world/model";

/** POST …/commits/{sha}/comments: a comment on the commit, or on a file named by `anchor.path`. */
export function addCommitComment(call: Call): Answer {
  return forPlace(call, (place, commit) => {
    const { repository, discussion } = place;
    if (repository.archived) return repositoryArchived(repository.project.key, repository.slug);
    const made = writeComment(call, place, (written) =>
      addToDiscussion(call.instance.world, discussion, written),
    );
    return "status" in made ? made : commentAnswer(call, repository, made, `commits/${commit.id}/comments`);
  });
}

/** GET …/commits/{sha}/comments?path=: those at a file; without a path, 400 (b1ff/atlassian-dc-mcp pull request 51). */
export function listCommitComments(call: Call): Answer {
  return forCommit(call, (repository, content, commit) => {
    const path = call.query.get("path");
    if (!path) return badField("path", "Please name the path of a file.");
    const viewer = call.caller?.account ?? null;
    const texts = new Texts(call.instance, viewer);
    return textPageFor(call, {
      rows: (content.discussions.get(commit.id)?.comments ?? []).filter(
        (one) => one.anchor?.path === path && isSeenBy(viewer, one),
      ),
      text: (comment) => commentText(texts, repository, comment),
    });
  });
}

/** GET …/commits/{sha}/comments/{id}. */
export function getCommitComment(call: Call): Answer {
  return forCommit(call, (repository, content, commit) => {
    const id = param(call, "comment");
    const discussion = content.discussions.get(commit.id);
    const comment = discussion && findComment(discussion, Number(id));
    return comment && isSeenBy(call.caller?.account ?? null, comment)
      ? commentAnswer(call, repository, comment)
      : noSuchComment(id);
  });
}

/** PUT …/commits/{sha}/comments/{id}. */
export function changeCommitComment(call: Call): Answer {
  return forComment(
    call,
    (comment, place) =>
      changeCommentOf(call, place, comment) ?? commentAnswer(call, place.repository, comment),
  );
}

/** DELETE …/commits/{sha}/comments/{id}?version=. */
export function deleteCommitComment(call: Call): Answer {
  return forComment(call, (comment, place) => deleteCommentOf(call, place, comment));
}

function forComment(call: Call, answer: (comment: PullComment, place: Place) => Answer): Answer {
  return forPlace(call, (place) => {
    const id = param(call, "comment");
    const comment = findComment(place.discussion, Number(id));
    return comment && isSeenBy(place.account, comment) ? answer(comment, place) : noSuchComment(id);
  });
}

function forPlace(call: Call, answer: (place: Place, commit: Commit) => Answer): Answer {
  return forCommit(call, (repository, content, commit) =>
    forSignedIn(call, ({ account }) => {
      const isAdministrator = canOnRepository(viewerOf(call), repository, "ADMIN");
      const since = call.query.get("since") ?? commit.parents[0];
      return answer(
        {
          repository,
          account,
          discussion: content.discussionOf(commit.id),
          mayModerate: isAdministrator,
          mayDeleteAny: isAdministrator,
          hashes: { fromHash: since, toHash: commit.id },
        },
        commit,
      );
    }),
  );
}
