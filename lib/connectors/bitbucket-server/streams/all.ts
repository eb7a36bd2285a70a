import { accessTokens, branchRestrictions, defaultReviewers, sshKeys, webhooks } from "./access";
import {
  branches,
  commitChanges,
  commitPullRequests,
  commits,
  defaultBranches,
  refChanges,
  tags,
} from "./code";
import type { StreamDefinition } from "./definition";
import { activities, comments, tasks } from "./discussion";
import { manual } from "./manual";
import { groupMembers, groups, projectPermissions, repositoryPermissions, users } from "./people";
import { files, forks, labels, projects, repositories } from "./places";
import { annotations, buildStatuses, reports } from "./quality";
import { participants, pullRequestChanges, pullRequestCommits, pullRequests } from "./review";

/** The streams of Bitbucket Server, in the order in which the wizard offers them. */
export const streams: readonly StreamDefinition[] = [
  ...[projects, repositories, labels, forks, files],
  ...[defaultBranches, branches, tags, commits, commitChanges, commitPullRequests, refChanges],
  ...[pullRequests, activities, comments, tasks, participants, pullRequestCommits, pullRequestChanges],
  ...[buildStatuses, reports, annotations],
  ...[users, groups, groupMembers, webhooks, projectPermissions, repositoryPermissions],
  ...[branchRestrictions, defaultReviewers, sshKeys, accessTokens],
  manual,
];

const byId = new Map(streams.map((stream) => [stream.id, stream]));

/** The definition of a stream; throws for one that no form could have stored. */
export function definitionOf(id: string): StreamDefinition {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no stream ${id}`);
  return found;
}
