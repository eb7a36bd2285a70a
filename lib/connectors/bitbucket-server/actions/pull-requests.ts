import type { Problem, Values } from "@/lib/connectors/action";
import { defineAction, field, required } from "./definition";
import { branchName, refNamePattern } from "./ref-names";
import { groupNames, pullRequestFields, repositoryFields } from "./shared";

const titleLimits = { longest: 255, columns: ["subject", "summary", "name"] };
const descriptionLimits = { longest: 32_000, columns: ["body", "text", "details"] };
const reviewersHint = "User names, a list or separated by commas.";
const draftHint = "From Bitbucket 8.18 on.";
const branchLimits = { longest: 255, pattern: refNamePattern };

export const pullRequest = defineAction({
  id: "pull-request",
  label: "Pull request",
  group: groupNames.pullRequests,
  note: "A new pull request. An open one between the same two branches counts as already there.",
  right: "Read access to both repositories",
  needs: "read",
  fields: [
    ...repositoryFields,
    required("from", "From branch", "text", {
      hint: "The branch with the changes.",
      ...branchLimits,
      columns: ["from_branch", "source_branch", "from_ref", "source", "head", "branch", "display_id"],
    }),
    required("to", "To branch", "text", {
      hint: "The branch that gets them.",
      ...branchLimits,
      columns: ["to_branch", "target_branch", "to_ref", "target", "base", "default_branch"],
    }),
    required("title", "Title", "text", titleLimits),
    field("description", "Description", "lines", { hint: "Markdown.", ...descriptionLimits }),
    field("reviewers", "Reviewers", "list", { hint: reviewersHint, columns: ["reviewer"] }),
    field("draft", "Draft", "bool", { hint: draftHint, columns: ["is_draft"] }),
    field("fromProject", "Project of the from branch", "text", {
      hint: "Only for a fork: the key of its project.",
      longest: 128,
      columns: ["from_project_key", "source_project"],
    }),
    field("fromRepository", "Repository of the from branch", "text", {
      hint: "Only for a fork: its short name in addresses.",
      longest: 128,
      columns: ["from_repository_slug", "source_repository"],
    }),
  ],
  matchKey: ["project", "repository", "from", "to"],
  target: ["project", "repository"],
  refuse: refusePullRequest,
});

function refusePullRequest(values: Values): Problem[] {
  const { from, to, fromProject, fromRepository } = values;
  const isFork = fromProject !== undefined || fromRepository !== undefined;
  if (isFork || branchName(String(from)) !== branchName(String(to))) return [];
  return [{ field: "from", message: "From branch and to branch are the same. Name two branches." }];
}

export const changePullRequest = defineAction({
  id: "change-pull-request",
  label: "Change a pull request",
  group: groupNames.pullRequests,
  note: "Title, description, reviewers, target or draft of an open pull request. What is not mapped stays.",
  right: "To be its author, or write access to the repository",
  needs: "read",
  fields: [
    ...pullRequestFields,
    field("title", "Title", "text", titleLimits),
    field("description", "Description", "lines", { hint: "Markdown.", ...descriptionLimits }),
    field("reviewers", "Reviewers", "list", {
      hint: `${reviewersHint} The whole list: others are removed.`,
      columns: ["reviewer"],
    }),
    field("target", "Target branch", "text", {
      hint: "The branch that gets the changes.",
      ...branchLimits,
      columns: ["to_branch", "target_branch", "to_ref", "base"],
    }),
    field("draft", "Draft", "bool", { hint: draftHint, columns: ["is_draft"] }),
  ],
  matchKey: ["project", "repository", "pullRequest"],
  target: ["project", "repository", "pullRequest"],
  refuse: (values) => {
    const changes = ["title", "description", "reviewers", "target", "draft"];
    if (changes.some((name) => values[name] !== undefined)) return [];
    return [{ field: null, message: "There is nothing to change. Map a title, a description, …" }];
  },
});

export const reviewPullRequest = defineAction({
  id: "review-pull-request",
  label: "Review a pull request",
  group: groupNames.pullRequests,
  note: "Approves, asks for work, or takes both back, as the credential’s account.",
  right: "Read access to the repository, as a person who is not the pull request’s author",
  needs: "read",
  fields: [
    ...pullRequestFields,
    required("status", "Status", "choice", {
      choices: ["APPROVED", "NEEDS_WORK", "UNAPPROVED"],
      columns: ["review", "verdict", "decision"],
    }),
  ],
  matchKey: ["project", "repository", "pullRequest"],
  target: ["project", "repository", "pullRequest"],
});

export const addReviewer = defineAction({
  id: "add-reviewer",
  label: "Add a reviewer",
  group: groupNames.pullRequests,
  note: "One more reviewer of an open pull request; the others stay.",
  right: "Write access to the repository",
  needs: "write",
  fields: [
    ...pullRequestFields,
    required("user", "User", "text", {
      hint: "The user name with which the reviewer signs in.",
      longest: 255,
      columns: ["reviewer", "user_name", "reviewer_name", "username", "name"],
    }),
  ],
  matchKey: ["project", "repository", "pullRequest", "user"],
  target: ["project", "repository", "pullRequest"],
});
