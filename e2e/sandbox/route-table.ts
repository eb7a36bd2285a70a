import {
  getAccessToken,
  listAccessTokensOfProject,
  listAccessTokensOfRepository,
  listAccessTokensOfUser,
} from "./access-token-endpoints";
import {
  listProjectGroups,
  listProjectSshKeys,
  listProjectUsers,
  listProjectWebhooks,
  listRepositoryGroups,
  listRepositorySshKeys,
  listRepositoryUsers,
  listRepositoryWebhooks,
  listRestrictions,
} from "./administration-endpoints";
import { getBuildStats, getBuildStatus, listOldBuildStatuses } from "./build-status-endpoints";
import { getComment, listComments } from "./comment-endpoints";
import { getCommitComment, listCommitComments } from "./commit-comment-endpoints";
import { getCommit, listCommits, listPullRequestsOfCommit } from "./commit-endpoints";
import { listCommitChanges } from "./commit-parts-endpoints";
import { getDeployment } from "./deployment-endpoints";
import { notPermitted } from "./errors";
import { browse, getRawFile, listFiles } from "./file-endpoints";
import { getReport, listAnnotations, listAnnotationsOfReport, listReports } from "./insight-endpoints";
import { getProject, listProjects, listRepositoriesOfProject } from "./project-endpoints";
import { getPullRequest, getPullRequestSettings, listPullRequests } from "./pull-request-endpoints";
import {
  listActivities,
  listBlockerComments,
  listParticipants,
  listPullRequestChanges,
  listPullRequestCommits,
} from "./pull-request-parts-endpoints";
import { testMerge } from "./pull-request-state-endpoints";
import {
  getDefaultBranch,
  getRepository,
  listBranches,
  listForks,
  listRecentRepositories,
  listRepositories,
  listTags,
} from "./repository-endpoints";
import {
  listDefaultReviewers,
  listLabels,
  listRefChanges,
  listRepositoryLabels,
} from "./repository-parts-endpoints";
import { below, INSIGHTS, REPOSITORY, type Route, route } from "./route";
import {
  getApplicationProperties,
  getBuildCapabilities,
  getCapabilities,
  getOwnRateLimitSettings,
  getRateLimitSettings,
} from "./server-endpoints";
import { getUser, listGroups, listUsers } from "./user-endpoints";
import { projectWebhooks, repositoryWebhooks } from "./webhook-write-endpoints";
import { writeRoutes } from "./write-routes";

/** Every endpoint with version 1.0 in its path; `latest` works for each too. */
export const routes: readonly Route[] = [
  route("GET", "/rest/capabilities", getCapabilities),
  route("GET", "/rest/api/1.0/application-properties", getApplicationProperties),
  route("GET", "/rest/api/1.0/build/capabilities", getBuildCapabilities),
  route("GET", "/rest/api/1.0/admin/rate-limit/settings", getRateLimitSettings),
  route("GET", "/rest/api/1.0/admin/rate-limit/settings/users/:user", getOwnRateLimitSettings),
  route("GET", "/rest/access-tokens/1.0/users/:user/:token", getAccessToken),
  route("GET", "/rest/access-tokens/1.0/users/:user", listAccessTokensOfUser),
  route("GET", "/rest/access-tokens/1.0/projects/:project", listAccessTokensOfProject),
  route("GET", "/rest/access-tokens/1.0/projects/:project/repos/:repository", listAccessTokensOfRepository),
  route("GET", "/rest/api/1.0/users", listUsers),
  route("GET", "/rest/api/1.0/users/:user", getUser),
  route("GET", "/rest/api/1.0/admin/users", notPermitted),
  route("GET", "/rest/api/1.0/admin/groups", notPermitted),
  route("GET", "/rest/api/1.0/admin/groups/more-members", notPermitted),
  route("GET", "/rest/api/1.0/groups", listGroups),
  route("GET", "/rest/api/1.0/labels", listLabels),
  route("GET", "/rest/api/1.0/projects", listProjects),
  route("GET", "/rest/api/1.0/projects/:project", getProject),
  route("GET", "/rest/api/1.0/projects/:project/repos", listRepositoriesOfProject),
  route("GET", "/rest/api/1.0/projects/:project/permissions/users", listProjectUsers),
  route("GET", "/rest/api/1.0/projects/:project/permissions/groups", listProjectGroups),
  route("GET", "/rest/api/1.0/projects/:project/webhooks", listProjectWebhooks),
  route("GET", "/rest/keys/1.0/projects/:project/ssh", listProjectSshKeys),
  route("GET", "/rest/api/1.0/repos", listRepositories),
  route("GET", "/rest/api/1.0/profile/recent/repos", listRecentRepositories),
  route("GET", REPOSITORY, getRepository),
  route("GET", `${REPOSITORY}/branches`, listBranches),
  route("GET", `${REPOSITORY}/tags`, listTags),
  route("GET", `${REPOSITORY}/forks`, listForks),
  route("GET", `${REPOSITORY}/labels`, listRepositoryLabels),
  route("GET", `${REPOSITORY}/webhooks`, listRepositoryWebhooks),
  route("GET", `${REPOSITORY}/permissions/users`, listRepositoryUsers),
  route("GET", `${REPOSITORY}/permissions/groups`, listRepositoryGroups),
  route("GET", `${REPOSITORY}/ref-change-activities`, listRefChanges),
  route("GET", `${REPOSITORY}/branches/default`, getDefaultBranch),
  route("GET", `${REPOSITORY}/default-branch`, getDefaultBranch),
  route("GET", `${REPOSITORY}/commits`, listCommits),
  route("GET", `${REPOSITORY}/commits/:commit`, getCommit),
  route("GET", `${REPOSITORY}/commits/:commit/changes`, listCommitChanges),
  route("GET", `${REPOSITORY}/commits/:commit/pull-requests`, listPullRequestsOfCommit),
  route("GET", `${REPOSITORY}/commits/:commit/builds`, getBuildStatus, "7.14.0"),
  route("GET", `${REPOSITORY}/commits/:commit/comments`, listCommitComments),
  route("GET", `${REPOSITORY}/commits/:commit/comments/:comment`, getCommitComment),
  route("GET", `${REPOSITORY}/files/:path*`, listFiles),
  route("GET", `${REPOSITORY}/browse/:path*`, browse),
  route("GET", `${REPOSITORY}/raw/:path*`, getRawFile),
  route("GET", `${REPOSITORY}/settings/pull-requests`, getPullRequestSettings),
  route("GET", `${REPOSITORY}/pull-requests`, listPullRequests),
  route("GET", `${REPOSITORY}/pull-requests/:pull`, getPullRequest),
  route("GET", `${REPOSITORY}/pull-requests/:pull/activities`, listActivities),
  route("GET", `${REPOSITORY}/pull-requests/:pull/commits`, listPullRequestCommits),
  route("GET", `${REPOSITORY}/pull-requests/:pull/changes`, listPullRequestChanges),
  route("GET", `${REPOSITORY}/pull-requests/:pull/participants`, listParticipants),
  route("GET", `${REPOSITORY}/pull-requests/:pull/blocker-comments`, listBlockerComments, "7.2.0"),
  route("GET", `${REPOSITORY}/pull-requests/:pull/comments`, listComments),
  route("GET", `${REPOSITORY}/pull-requests/:pull/comments/:comment`, getComment),
  route("GET", `${REPOSITORY}/pull-requests/:pull/blocker-comments/:comment`, getComment, "7.2.0"),
  route("GET", "/rest/build-status/1.0/commits/:commit", listOldBuildStatuses),
  route("GET", "/rest/build-status/1.0/commits/stats/:commit", getBuildStats),
  route("GET", `${INSIGHTS}/reports`, listReports),
  route("GET", `${INSIGHTS}/reports/:report`, getReport),
  route("GET", `${INSIGHTS}/reports/:report/annotations`, listAnnotationsOfReport),
  route("GET", `${INSIGHTS}/annotations`, listAnnotations),
  route("GET", below("branch-permissions/1.0", "restrictions"), listRestrictions),
  route("GET", below("branch-permissions/2.0", "restrictions"), listRestrictions),
  route("GET", below("default-reviewers/1.0", "conditions"), listDefaultReviewers),
  route("GET", below("keys/1.0", "ssh"), listRepositorySshKeys),
  route("GET", `${REPOSITORY}/commits/:commit/deployments`, getDeployment, "7.16.0"),
  route("GET", `${REPOSITORY}/pull-requests/:pull/merge`, testMerge),
  route("GET", `${REPOSITORY}/webhooks/:webhook`, repositoryWebhooks.get),
  route("GET", "/rest/api/1.0/projects/:project/webhooks/:webhook", projectWebhooks.get),
  ...writeRoutes,
];
