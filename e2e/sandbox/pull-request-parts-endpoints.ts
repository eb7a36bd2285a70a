import type { Answer } from "./answer";
import type { Call } from "./call";
import { badField, noSuchComment } from "./errors";
import { changesOfAll, changeView } from "./file-changes";
import { pageFor, textPageFor } from "./paging";
import { forPullRequest } from "./pull-request-endpoints";
import {
  activityText,
  authorText,
  commentText,
  isKnownAction,
  isSeenBy,
  participantText,
} from "./pull-request-texts";
import { Texts } from "./texts";
import { isAtLeast } from "./versions";
import type { Activity } from "./world/model";

/** The server's own limit for pages of activities. */
const ACTIVITIES_PER_PAGE = 500;

/** GET …/pull-requests/{id}/activities: newest first, comments with their threads. */
export function listActivities(call: Call): Answer {
  return forPullRequest(call, (repository, pull) => {
    const { instance } = call;
    const viewer = call.caller?.account ?? null;
    const texts = new Texts(instance, viewer);
    const { activities } = instance.world.detailsOf(repository, pull);
    const known = activities
      .filter(
        (one) =>
          isKnownAction(instance.settings.version, one) && (!one.comment || isSeenBy(viewer, one.comment)),
      )
      .toReversed();
    const from = beginning(call, known);
    if (from < 0) return noSuchComment(call.query.get("fromId") ?? "");
    return textPageFor(call, {
      rows: known.slice(from),
      text: (activity) => activityText(texts, repository, activity),
      most: ACTIVITIES_PER_PAGE,
    });
  });
}

/** Where the list is to begin: at the activity `fromId`, or with `fromType=COMMENT` at that comment's. */
function beginning({ query }: Call, activities: readonly Activity[]): number {
  const id = Number(query.get("fromId"));
  if (!query.has("fromId")) return 0;
  const isComment = query.get("fromType") === "COMMENT";
  return activities.findIndex((one) => (isComment ? one.comment?.id : one.id) === id);
}

/** GET …/pull-requests/{id}/participants: the author, reviewers and others. */
export function listParticipants(call: Call): Answer {
  return forPullRequest(call, (_repository, pull) => {
    const texts = new Texts(call.instance);
    const creator = isAtLeast(call.instance.settings.version, "10.4.0")
      ? [authorText(texts, pull.author).replace('"role":"AUTHOR"', '"role":"CREATOR"')]
      : [];
    const rows = [
      authorText(texts, pull.author),
      ...creator,
      ...pull.participants.map((one) => participantText(texts, one)),
    ];
    return textPageFor(call, { rows, text: (row) => row });
  });
}

/** GET …/pull-requests/{id}/blocker-comments: tasks, open ones unless `states` names others. */
export function listBlockerComments(call: Call): Answer {
  return forPullRequest(call, (repository, pull) => {
    const states = call.query.getAll("states").flatMap((one) => one.toUpperCase().split(","));
    if (states.some((one) => !["OPEN", "RESOLVED", "PENDING"].includes(one))) {
      return badField("states", "The states have to be of OPEN, RESOLVED, PENDING.");
    }
    const wanted = states.length === 0 ? ["OPEN"] : states;
    const viewer = call.caller?.account ?? null;
    const texts = new Texts(call.instance, viewer);
    return textPageFor(call, {
      rows: call.instance.world
        .detailsOf(repository, pull)
        .comments.filter(
          (one) => one.severity === "BLOCKER" && wanted.includes(one.state) && isSeenBy(viewer, one),
        ),
      text: (comment) => commentText(texts, repository, comment),
    });
  });
}

/** GET …/pull-requests/{id}/commits: the branch's commits that its target lacked. */
export function listPullRequestCommits(call: Call): Answer {
  return forPullRequest(call, (_repository, pull, content) => {
    const texts = new Texts(call.instance);
    return textPageFor(call, {
      rows: pull.commits.flatMap((id) => content.commits.get(id) ?? []),
      text: (commit) => texts.commit(commit),
    });
  });
}

/** GET …/pull-requests/{id}/changes: files, up to the server's hard cap. */
export function listPullRequestChanges(call: Call): Answer {
  return forPullRequest(call, (_repository, pull, content) => {
    const { maxChanges } = call.instance.settings;
    return pageFor(call, {
      rows: changesOfAll(content, pull.commits).slice(0, maxChanges),
      view: changeView,
      more: {
        fromHash: pull.to.latestCommit,
        toHash: pull.from.latestCommit,
        properties: { changeScope: call.query.get("changeScope") ?? "ALL" },
      },
    });
  });
}
