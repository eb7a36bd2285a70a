import { required } from "./definition";

/** The headings of the groups in the wizard. */
export const groupNames = {
  pullRequests: "Pull requests",
  quality: "Builds and quality",
  code: "Branches, tags and commits",
  repositories: "Repositories",
  other: "Other",
} as const;

/** Keys and slugs stand in addresses, where these characters would lead elsewhere. */
const addressPart = (noun: string) => ({
  source: "(?!\\.{1,2}$)[^/\\\\?#%;]+",
  words: `A ${noun} has no slash, no “?”, “#”, “%” or “;”, and is not “.” or “..”.`,
});

/** The fields that name a repository. */
export const repositoryFields = [
  required("project", "Project", "text", {
    hint: "The project’s key, such as SHOP, or ~name for a personal one.",
    longest: 128,
    pattern: addressPart("project’s key"),
    columns: ["project_key", "projectKey"],
  }),
  required("repository", "Repository", "text", {
    hint: "The repository’s short name in addresses, such as storefront.",
    longest: 128,
    pattern: addressPart("repository’s short name"),
    columns: ["repository_slug", "repositorySlug", "slug", "repo"],
  }),
] as const;

/** The fields that name a pull request. */
export const pullRequestFields = [
  ...repositoryFields,
  required("pullRequest", "Pull request", "int", {
    hint: "Its number in the repository.",
    least: 1,
    columns: ["pr_id", "pull_request_id", "pullRequestId", "pr", "id"],
  }),
] as const;

/** The field that names a commit. */
export const commitField = required("commit", "Commit", "text", {
  hint: "The full id, 40 hexadecimal characters.",
  pattern: { source: "[0-9a-fA-F]{40}", words: "A commit’s full id has 40 hexadecimal characters." },
  columns: ["commit_id", "commitId", "sha", "from_commit", "latest_commit", "id"],
});
