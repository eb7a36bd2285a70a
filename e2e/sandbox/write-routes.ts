import { addBuildStatus, addOldBuildStatus } from "./build-status-endpoints";
import { addBlockerComment, addComment, changeComment, deleteComment } from "./comment-endpoints";
import { addCommitComment, changeCommitComment, deleteCommitComment } from "./commit-comment-endpoints";
import { addDeployment, deleteDeployment } from "./deployment-endpoints";
import { writeFile } from "./file-write-endpoints";
import {
  addAnnotations,
  deleteAnnotations,
  deleteReport,
  putAnnotation,
  putReport,
} from "./insight-write-endpoints";
import { addLabel, removeLabel } from "./label-write-endpoints";
import { addReviewer, setReview } from "./participant-endpoints";
import { projectPermissions, repositoryPermissions } from "./permission-write-endpoints";
import { createProject, createRepository } from "./place-write-endpoints";
import { declinePullRequest, mergePullRequest, reopenPullRequest } from "./pull-request-state-endpoints";
import { changePullRequest, openPullRequest } from "./pull-request-write-endpoints";
import { createBranch, createBranchByUtils, createTag, deleteBranch, deleteTag } from "./ref-write-endpoints";
import { below, INSIGHTS, PROJECT, REPOSITORY, type Route, route } from "./route";
import { projectWebhooks, repositoryWebhooks } from "./webhook-write-endpoints";

const PULL = `${REPOSITORY}/pull-requests/:pull`;
const COMMIT = `${REPOSITORY}/commits/:commit`;

/** Every endpoint that changes something. */
export const writeRoutes: readonly Route[] = [
  route("POST", `${PULL}/comments`, addComment),
  route("PUT", `${PULL}/comments/:comment`, changeComment),
  route("DELETE", `${PULL}/comments/:comment`, deleteComment),
  route("POST", `${PULL}/blocker-comments`, addBlockerComment, "7.2.0"),
  route("PUT", `${PULL}/blocker-comments/:comment`, changeComment, "7.2.0"),
  route("DELETE", `${PULL}/blocker-comments/:comment`, deleteComment, "7.2.0"),
  route("POST", `${COMMIT}/comments`, addCommitComment),
  route("PUT", `${COMMIT}/comments/:comment`, changeCommitComment),
  route("DELETE", `${COMMIT}/comments/:comment`, deleteCommitComment),
  route("POST", `${COMMIT}/builds`, addBuildStatus, "7.14.0"),
  route("POST", "/rest/build-status/1.0/commits/:commit", addOldBuildStatus),
  route("PUT", `${INSIGHTS}/reports/:report`, putReport),
  route("DELETE", `${INSIGHTS}/reports/:report`, deleteReport),
  route("POST", `${INSIGHTS}/reports/:report/annotations`, addAnnotations),
  route("DELETE", `${INSIGHTS}/reports/:report/annotations`, deleteAnnotations),
  route("PUT", `${INSIGHTS}/reports/:report/annotations/:annotation`, putAnnotation),
  route("POST", `${COMMIT}/deployments`, addDeployment, "7.16.0"),
  route("DELETE", `${COMMIT}/deployments`, deleteDeployment, "7.16.0"),
  route("POST", `${REPOSITORY}/branches`, createBranch),
  route("POST", below("branch-utils/1.0", "branches"), createBranchByUtils),
  route("DELETE", below("branch-utils/1.0", "branches"), deleteBranch),
  route("POST", `${REPOSITORY}/tags`, createTag),
  route("DELETE", below("git/1.0", "tags/:tag*"), deleteTag),
  route("PUT", `${REPOSITORY}/browse/:path*`, writeFile),
  route("POST", `${REPOSITORY}/pull-requests`, openPullRequest),
  route("PUT", PULL, changePullRequest),
  route("POST", `${PULL}/participants`, addReviewer),
  route("PUT", `${PULL}/participants/:user`, setReview),
  route("POST", `${PULL}/merge`, mergePullRequest),
  route("POST", `${PULL}/decline`, declinePullRequest),
  route("POST", `${PULL}/reopen`, reopenPullRequest),
  route("POST", `${REPOSITORY}/labels`, addLabel),
  route("DELETE", `${REPOSITORY}/labels/:label`, removeLabel),
  ...webhookRoutes(REPOSITORY, repositoryWebhooks),
  ...webhookRoutes(PROJECT, projectWebhooks),
  ...permissionRoutes(REPOSITORY, repositoryPermissions),
  ...permissionRoutes(PROJECT, projectPermissions),
  route("POST", `${PROJECT}/repos`, createRepository),
  route("POST", "/rest/api/1.0/projects", createProject),
];

function webhookRoutes(owner: string, { add, change, remove, test }: typeof repositoryWebhooks): Route[] {
  return [
    route("POST", `${owner}/webhooks`, add),
    route("POST", `${owner}/webhooks/test`, test),
    route("PUT", `${owner}/webhooks/:webhook`, change),
    route("DELETE", `${owner}/webhooks/:webhook`, remove),
  ];
}

function permissionRoutes(owner: string, endpoints: typeof repositoryPermissions): Route[] {
  return [
    route("PUT", `${owner}/permissions/users`, endpoints.grantUser),
    route("DELETE", `${owner}/permissions/users`, endpoints.revokeUser),
    route("PUT", `${owner}/permissions/groups`, endpoints.grantGroup),
    route("DELETE", `${owner}/permissions/groups`, endpoints.revokeGroup),
  ];
}
