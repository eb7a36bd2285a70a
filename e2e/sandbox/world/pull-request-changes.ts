import { z } from "zod";
import { accountNamed, accountSchema, change, repositoryAt, repositorySchema } from "./change";
import { addReply, addThread, findComment, removeComment } from "./comments";
import type { Activity } from "./model";
import { declinePull, mergePull, notePullChange, openPull, type PullPlace } from "./pull-request-updates";
import { branchOf } from "./ref-changes";
import type { World } from "./world";

const pullSchema = z.object({ repository: repositorySchema, id: z.number().int(), by: accountSchema });
/** Whether the change shows in the pull request's own date and version, which no source says of comments. */
const touches = z.boolean().default(true);
const commentSchema = pullSchema.extend({ comment: z.number().int(), touches });

/** Opens a pull request from an existing branch; returns its id. */
export const addPullRequest = change(
  z.object({
    repository: repositorySchema,
    from: z.string(),
    to: z.string().default("main"),
    title: z.string().default("Something new"),
    by: accountSchema,
  }),
  (world, given) => {
    const { repository, content } = repositoryAt(world, given.repository);
    const [from, to] = [branchOf(content, given.from), branchOf(content, given.to)];
    const { title } = given;
    const author = accountNamed(world, given.by);
    const pull = openPull(
      world,
      { repository, content },
      { title, description: "", draft: false, author, from, to, reviewers: [] },
    );
    return { id: pull.id };
  },
);

/** Changes a pull request's title. */
export const editPullRequest = change(pullSchema.extend({ title: z.string() }), (world, given) => {
  const place = pullAt(world, given);
  place.pull.title = given.title;
  touch(world, place, given.by, { action: "UPDATED", reviewers: { added: [], removed: [] } });
});

/** A reviewer approves a pull request. */
export const approvePullRequest = change(pullSchema, (world, given) => {
  const place = pullAt(world, given);
  const { pull } = place;
  const account = accountNamed(world, given.by);
  pull.participants = pull.participants.filter((one) => one.account !== account);
  pull.participants.push({
    account,
    role: "REVIEWER",
    status: "APPROVED",
    lastReviewedCommit: pull.from.latestCommit,
  });
  touch(world, place, given.by, { action: "APPROVED" });
});

/** Merges a pull request with a merge commit on its target; returns that commit. */
export const mergePullRequest = change(pullSchema, (world, given) => ({
  mergeCommit: mergePull(world, pullAt(world, given), accountNamed(world, given.by)),
}));

/** Declines a pull request. */
export const declinePullRequest = change(pullSchema, (world, given) =>
  declinePull(world, pullAt(world, given), accountNamed(world, given.by)),
);

/** Keeps a pull request from being merged, by conflicts or by checks that object; without either, lets it be merged. */
export const setMergeChecks = change(
  z.object({
    repository: repositorySchema,
    id: z.number().int(),
    conflicted: z.boolean().default(false),
    vetoes: z.array(z.string()).default([]),
  }),
  (world, given) => {
    pullAt(world, given).pull.checks = {
      conflicted: given.conflicted,
      vetoes: given.vetoes.map((words) => ({ summaryMessage: words, detailedMessage: words })),
    };
  },
);

/** Deletes a pull request for good. */
export const deletePullRequest = change(pullSchema, (world, given) => {
  const { content, pull } = pullAt(world, given);
  content.pullRequests = content.pullRequests.filter((one) => one !== pull);
});

/** Adds a comment, or an answer to the comment `to`; returns its id. */
export const addComment = change(
  pullSchema.extend({
    text: z.string().default("Worth a look."),
    to: z.number().int().optional(),
    isTask: z.boolean().default(false),
    touches,
  }),
  (world, given) => {
    const place = pullAt(world, given);
    const { repository, pull } = place;
    const written = {
      text: given.text,
      author: accountNamed(world, given.by),
      at: world.nextMoment(),
      severity: given.isTask ? ("BLOCKER" as const) : ("NORMAL" as const),
    };
    const made =
      given.to === undefined
        ? addThread(world, repository, pull, written)
        : addReply(world, world.detailsOf(repository, pull), commentAt(world, place, given.to), written);
    if (given.touches) touch(world, place);
    return { id: made.id };
  },
);

/** Changes a comment's text. */
export const editComment = change(commentSchema.extend({ text: z.string() }), (world, given) => {
  const place = pullAt(world, given);
  const comment = commentAt(world, place, given.comment);
  comment.text = given.text;
  comment.version += 1;
  comment.updatedAt = world.nextMoment();
  if (given.touches) touch(world, place);
});

/** Deletes a comment with its answers. */
export const removeCommentChange = change(commentSchema, (world, given) => {
  const place = pullAt(world, given);
  removeComment(world.detailsOf(place.repository, place.pull), commentAt(world, place, given.comment));
  if (given.touches) touch(world, place);
});

function pullAt(world: World, given: { repository: string; id: number }): PullPlace {
  const { repository, content } = repositoryAt(world, given.repository);
  const pull = content.pullRequest(given.id);
  if (!pull) throw new RangeError(`there is no pull request ${given.id}`);
  // Made now, so that what is invented of a pull request does not depend on later changes.
  world.detailsOf(repository, pull);
  return { repository, content, pull };
}

function commentAt(world: World, { repository, pull }: PullPlace, id: number) {
  const comment = findComment(world.detailsOf(repository, pull), id);
  if (!comment) throw new RangeError(`there is no comment ${id}`);
  return comment;
}

function touch(
  world: World,
  place: PullPlace,
  by?: string,
  activity?: Omit<Activity, "id" | "at" | "account">,
): void {
  notePullChange(world, place, by === undefined ? null : accountNamed(world, by), activity);
}
