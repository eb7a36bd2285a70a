import type { Answer } from "./answer";
import { type Call, forSignedIn, param, viewerOf } from "./call";
import {
  type Place as CommentPlace,
  changeCommentOf,
  commentAnswer,
  deleteCommentOf,
  writeComment,
} from "./comment-writes";
import { badField, noSuchComment, repositoryArchived } from "./errors";
import { textPageFor } from "./paging";
import { canOnRepository } from "./permissions";
import { forPullRequest } from "./pull-request-endpoints";
import { commentText, isSeenBy } from "./pull-request-texts";
import { Texts } from "./texts";
import { addThread, findComment } from "./world/comments";
import { joinPull } from "./world/join-pull";
import type { PullComment, PullRequest, PullRequestDetails } from "./world/model";

interface Place extends CommentPlace {
  pull: PullRequest;
  discussion: PullRequestDetails;
}

/** POST …/pull-requests/{id}/comments: requires the right to read the repository; 201 with the comment's address. */
export function addComment(call: Call): Answer {
  return forPlace(call, (place) => add(call, place, {}));
}

/** POST …/pull-requests/{id}/blocker-comments: the same for a task. */
export function addBlockerComment(call: Call): Answer {
  return forPlace(call, (place) => add(call, place, { severity: "BLOCKER" }));
}

function add(call: Call, place: Place, given: { severity?: "BLOCKER" }): Answer {
  const { repository, pull, account } = place;
  if (repository.archived) return repositoryArchived(repository.project.key, repository.slug);
  const { world } = call.instance;
  const begin = (written: Parameters<typeof addThread>[3]) => addThread(world, repository, pull, written);
  const made = writeComment(call, place, begin, given);
  if ("status" in made) return made;
  joinPull(pull, account);
  // The date moves, the version does not: it counts changes of the pull request itself.
  pull.updatedAt = made.createdAt;
  return commentAnswer(call, repository, made, `pull-requests/${pull.id}/comments`);
}

/** GET …/pull-requests/{id}/comments?path=: threads at a file; the path is needed. */
export function listComments(call: Call): Answer {
  return forPullRequest(call, (repository, pull) => {
    const path = call.query.get("path");
    if (!path) return badField("path", "Please name the path of a file.");
    const viewer = call.caller?.account ?? null;
    const texts = new Texts(call.instance, viewer);
    return textPageFor(call, {
      rows: call.instance.world
        .detailsOf(repository, pull)
        .comments.filter((one) => one.anchor?.path === path && isSeenBy(viewer, one)),
      text: (comment) => commentText(texts, repository, comment),
    });
  });
}

/** GET …/comments/{id}. */
export function getComment(call: Call): Answer {
  return forPullRequest(call, (repository, pull) => {
    const id = param(call, "comment");
    const comment = findComment(call.instance.world.detailsOf(repository, pull), Number(id));
    return comment && isSeenBy(call.caller?.account ?? null, comment)
      ? commentAnswer(call, repository, comment)
      : noSuchComment(id);
  });
}

/** PUT …/comments/{id}: with the version last read. */
export function changeComment(call: Call): Answer {
  return forComment(call, (comment, place) => {
    const refusal = changeCommentOf(call, place, comment);
    if (refusal) return refusal;
    place.pull.updatedAt = comment.updatedAt;
    return commentAnswer(call, place.repository, comment);
  });
}

/** DELETE …/comments/{id}?version=. */
export function deleteComment(call: Call): Answer {
  return forComment(call, (comment, place) => {
    const answer = deleteCommentOf(call, place, comment);
    if (answer.status === 204) place.pull.updatedAt = call.instance.world.nextMoment();
    return answer;
  });
}

function forComment(call: Call, answer: (comment: PullComment, place: Place) => Answer): Answer {
  return forPlace(call, (place) => {
    const id = param(call, "comment");
    const comment = findComment(place.discussion, Number(id));
    return comment && isSeenBy(place.account, comment) ? answer(comment, place) : noSuchComment(id);
  });
}

function forPlace(call: Call, answer: (place: Place) => Answer): Answer {
  return forPullRequest(call, (repository, pull) =>
    forSignedIn(call, ({ account }) => {
      const isAdministrator = canOnRepository(viewerOf(call), repository, "ADMIN");
      return answer({
        repository,
        pull,
        account,
        discussion: call.instance.world.detailsOf(repository, pull),
        mayModerate: isAdministrator || pull.author === account,
        mayDeleteAny: isAdministrator,
        hashes: { fromHash: pull.to.latestCommit, toHash: pull.from.latestCommit },
      });
    }),
  );
}
