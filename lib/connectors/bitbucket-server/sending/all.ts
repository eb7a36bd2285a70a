import type { ActionSender } from "@/lib/connectors/action-sender";
import { codeInsightsAnnotationSender } from "./annotations";
import { buildStatusSender, deploymentSender } from "./builds";
import { changeCommentSender, deleteCommentSender } from "./change-comment";
import { commitCommentSender, pullRequestCommentSender, pullRequestTaskSender } from "./comments";
import { writeFileSender } from "./files";
import { grantSender } from "./grants";
import { codeInsightsReportSender } from "./insights";
import { labelSender, removeLabelSender } from "./labels";
import { manualDeletionSender, manualRequestSender } from "./manual";
import { proofsOf } from "./place-proofs";
import { projectSender, repositorySender } from "./places";
import { changePullRequestSender } from "./pull-request-change";
import { pullRequestSender } from "./pull-request-open";
import { declineSender, mergeSender, reopenSender } from "./pull-request-states";
import { branchSender, deleteBranchSender, tagSender } from "./refs";
import { addReviewerSender, reviewSender } from "./reviews";
import { webhookSender } from "./webhooks";

/** How each action is performed, by its id. */
const senders: Readonly<Record<string, ActionSender>> = {
  "pull-request-comment": pullRequestCommentSender,
  "pull-request-task": pullRequestTaskSender,
  "change-comment": changeCommentSender,
  "delete-comment": deleteCommentSender,
  "build-status": buildStatusSender,
  deployment: deploymentSender,
  "code-insights-report": codeInsightsReportSender,
  "code-insights-annotation": codeInsightsAnnotationSender,
  "commit-comment": commitCommentSender,
  "pull-request": pullRequestSender,
  "change-pull-request": changePullRequestSender,
  "add-reviewer": addReviewerSender,
  "review-pull-request": reviewSender,
  "merge-pull-request": mergeSender,
  "decline-pull-request": declineSender,
  "reopen-pull-request": reopenSender,
  branch: branchSender,
  tag: tagSender,
  "write-file": writeFileSender,
  "delete-branch": deleteBranchSender,
  label: labelSender,
  "remove-label": removeLabelSender,
  webhook: webhookSender,
  repository: repositorySender,
  project: projectSender,
  "grant-right": grantSender,
  "manual-request": manualRequestSender,
  "manual-deletion": manualDeletionSender,
};

function senderOf(action: string): ActionSender {
  const sender = Object.hasOwn(senders, action) ? senders[action] : undefined;
  if (!sender) throw new Error(`No sender for the action ${action}`);
  return sender;
}

/** How records are written to Bitbucket. */
export const bitbucketSender: ActionSender = {
  proofs: (context, items) =>
    proofsOf(context, items, senderOf(context.action).begin(context, items).kind === "ask"),
  begin: (context, items) => senderOf(context.action).begin(context, items),
  next: (context, items, state, answer) => senderOf(context.action).next(context, items, state, answer),
};
