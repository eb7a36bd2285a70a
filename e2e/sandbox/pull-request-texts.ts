import type { Account } from "./accounts";
import type { Repository } from "./company";
import { nameShown } from "./hostile-text";
import { compose, listText, type Texts } from "./texts";
import { isAtLeast } from "./versions";
import type { Activity, Participant, PullComment, PullRequest, PullRequestRef } from "./world/model";

/** A pull request as JSON text. */
export function pullRequestText(
  texts: Texts,
  repository: Repository,
  pull: PullRequest,
  hasProperties = true,
): string {
  const { settings } = texts.instance;
  const isOpen = pull.state === "OPEN";
  const description = pull.description.padEnd(settings.descriptionLength, " and so on");
  const inRepository = texts.repository(repository);
  const refText = ({ name, latestCommit }: PullRequestRef) =>
    `{"id":${JSON.stringify(`refs/heads/${name}`)},"displayId":${JSON.stringify(name)},` +
    `"latestCommit":"${latestCommit}","type":"BRANCH","repository":${inRepository}}`;
  const listOf = (role: Participant["role"]) =>
    listText(pull.participants.filter((one) => one.role === role).map((one) => participantText(texts, one)));
  return compose(
    {
      id: pull.id,
      version: pull.version,
      title: nameShown(texts.instance, pull.title),
      ...(description === "" ? {} : { description }),
      state: pull.state,
      open: isOpen,
      closed: !isOpen,
      ...(isAtLeast(settings.version, "8.18.0") ? { draft: pull.draft } : {}),
      createdDate: texts.date(pull.createdAt),
      updatedDate: texts.date(pull.updatedAt),
      ...(pull.closedAt === null ? {} : { closedDate: texts.date(pull.closedAt) }),
      locked: false,
      ...(hasProperties ? { properties: propertiesOf(texts, repository, pull) } : {}),
      links: { self: [{ href: texts.pullRequestAddress(repository, pull.id) }] },
    },
    {
      fromRef: refText(pull.from),
      toRef: refText(pull.to),
      author: authorText(texts, pull.author),
      // Who opened it, since somebody else may have become its author.
      creator: isAtLeast(settings.version, "10.4.0") ? texts.user(pull.author) : undefined,
      reviewers: listOf("REVIEWER"),
      participants: listOf("PARTICIPANT"),
    },
  );
}

function propertiesOf({ instance: { world } }: Texts, repository: Repository, pull: PullRequest) {
  const { mergeCommit } = pull;
  return {
    resolvedTaskCount: 0,
    commentCount: world.commentsCount(repository, pull),
    openTaskCount: world.openTasksCount(repository, pull),
    ...(mergeCommit === null
      ? {}
      : { mergeCommit: { id: mergeCommit, displayId: mergeCommit.slice(0, 11) } }),
  };
}

/** The author as a participant. */
export function authorText(texts: Texts, account: Account): string {
  return `{"user":${texts.user(account)},"role":"AUTHOR","approved":false,"status":"UNAPPROVED"}`;
}

/** A reviewer or other participant. */
export function participantText(texts: Texts, one: Participant): string {
  const { lastReviewedCommit, role, status } = one;
  const reviewed = lastReviewedCommit === null ? "" : `"lastReviewedCommit":"${lastReviewedCommit}",`;
  return `{"user":${texts.user(one.account)},${reviewed}"role":"${role}","approved":${status === "APPROVED"},"status":"${status}"}`;
}

/** A comment with its replies, to any depth. */
export function commentText(texts: Texts, repository: Repository, comment: PullComment): string {
  return compose(
    {
      properties: { repositoryId: repository.id },
      id: comment.id,
      version: comment.version,
      text: nameShown(texts.instance, comment.text),
      createdDate: texts.date(comment.createdAt),
      updatedDate: texts.date(comment.updatedAt),
      severity: comment.severity,
      state: comment.state,
      ...(comment.resolved ? { resolvedDate: texts.date(comment.resolved.at) } : {}),
      threadResolved: comment.threadResolved,
      ...(comment.anchor ? { anchor: anchorView(comment) } : {}),
      permittedOperations: { editable: true, deletable: true },
    },
    {
      author: texts.user(comment.author),
      resolver: comment.resolved ? texts.user(comment.resolved.by) : undefined,
      comments: listText(
        comment.replies
          .filter((reply) => isSeenBy(texts.viewer, reply))
          .map((reply) => commentText(texts, repository, reply)),
      ),
    },
  );
}

/** Whether the account sees the comment: a pending one is its author's alone. */
export function isSeenBy(viewer: Account | null, { state, author }: PullComment): boolean {
  return state !== "PENDING" || author === viewer;
}

function anchorView({ anchor }: PullComment) {
  if (!anchor) return undefined;
  const { fileType = "TO", diffType = "EFFECTIVE" } = anchor;
  return { ...anchor, fileType, diffType, orphaned: false };
}

/** An activity: all have id, date, user and action, some have more. */
export function activityText(texts: Texts, repository: Repository, activity: Activity): string {
  const { comment, rescope, reviewers, mergeCommit } = activity;
  const content = texts.instance.world.contentOf(repository);
  const commitsText = (ids: readonly string[]) => {
    const known = ids.flatMap((id) => content.commits.get(id) ?? []);
    return compose({ total: known.length }, { commits: listText(known.map((one) => texts.commit(one))) });
  };
  const merged = mergeCommit === undefined ? undefined : content.commits.get(mergeCommit);
  const people = (accounts: readonly Account[]) => listText(accounts.map((one) => texts.user(one)));
  return compose(
    {
      id: activity.id,
      createdDate: texts.date(activity.at),
      action: activity.action,
      ...(comment ? { commentAction: "ADDED" } : {}),
      ...(comment?.anchor ? { commentAnchor: anchorView(comment) } : {}),
      ...(rescope
        ? {
            fromHash: rescope.fromHash,
            toHash: rescope.toHash,
            previousFromHash: rescope.previousFromHash,
            previousToHash: rescope.previousToHash,
          }
        : {}),
    },
    {
      user: texts.user(activity.account),
      comment: comment ? commentText(texts, repository, comment) : undefined,
      added: rescope ? commitsText(rescope.added) : undefined,
      removed: rescope ? commitsText(rescope.removed) : undefined,
      addedReviewers: reviewers ? people(reviewers.added) : undefined,
      removedReviewers: reviewers ? people(reviewers.removed) : undefined,
      commit: merged ? texts.commit(merged) : undefined,
    },
  );
}

/** Whether a server of this version knows the activity's action. */
export function isKnownAction(version: string, { action }: Activity): boolean {
  if (action.startsWith("MERGE_QUEUE_")) return isAtLeast(version, "10.4.0");
  if (action.startsWith("AUTO_MERGE_")) return isAtLeast(version, "8.15.0");
  return true;
}
