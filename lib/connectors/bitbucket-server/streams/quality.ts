import type { StreamParameter } from "@/lib/connectors/streams";
import { type ColumnSource, define } from "./definition";
import { allScopes, groupNames, ofRepository, repositoryRight } from "./shared";

/** Statuses and reports belong to commits; most servers have far too many to ask for all. */
const whichCommits: StreamParameter = {
  name: "of",
  label: "Of which commits",
  hint: "One request for each commit.",
  choices: [
    { value: "pull-requests", label: "The newest commit of each pull request" },
    { value: "commits", label: "Every commit of the default branch" },
  ],
  isRequired: true,
};

const ofCommit: readonly ColumnSource[] = [...ofRepository, ["commit_id", "text", "@parent"]];
const insightsPath = "/rest/insights/1.0/projects/{project}/repos/{repository}/commits/{parent}";

export const buildStatuses = define(
  {
    id: "build-statuses",
    label: "Build statuses",
    group: groupNames.quality,
    note: "The newest 100 results that builds reported for each commit.",
    right: "Any account with a Bitbucket licence",
    since: null,
    scopes: allScopes,
    parameters: [whichCommits],
    key: ["repository_id", "commit_id", "key"],
    mode: "incremental",
  },
  {
    level: "repository",
    of: "by-parameter",
    lists: [{ path: "/rest/build-status/1.0/commits/{parent}", most: 100 }],
    parent: ["commit_id"],
    sources: [
      ...ofCommit,
      ["key", "text", "key"],
      ["name", "text", "name"],
      ["state", "text", "state"],
      ["url", "text", "url"],
      ["description", "text", "description"],
      ["added_at", "timestamp", (item) => item.dateAdded ?? item.createdDate],
      ["updated_at", "timestamp", "updatedDate"],
      ["ref", "text", "ref"],
      ["parent", "text", "parent"],
      ["build_number", "text", "buildNumber"],
      ["duration_ms", "int", "duration"],
      ["tests_failed", "int", "testResults.failed"],
      ["tests_skipped", "int", "testResults.skipped"],
      ["tests_successful", "int", "testResults.successful"],
    ],
    drops: ["dateAdded", "createdDate"],
  },
);

export const reports = define(
  {
    id: "code-insights-reports",
    label: "Code Insights reports",
    group: groupNames.quality,
    note: "What analysis tools reported for each commit.",
    right: repositoryRight,
    since: "5.15",
    scopes: allScopes,
    parameters: [whichCommits],
    key: ["repository_id", "commit_id", "key"],
    mode: "incremental",
  },
  {
    level: "repository",
    of: "by-parameter",
    lists: [{ path: `${insightsPath}/reports` }],
    parent: ["commit_id"],
    sources: [
      ...ofCommit,
      ["key", "text", "key"],
      ["title", "text", "title"],
      ["details", "text", "details"],
      ["result", "text", "result"],
      ["reporter", "text", "reporter"],
      ["link", "text", "link"],
      ["logo_url", "text", "logoUrl"],
      ["created_at", "timestamp", "createdDate"],
      ["data", "json", "data"],
    ],
  },
);

export const annotations = define(
  {
    id: "code-insights-annotations",
    label: "Code Insights annotations",
    group: groupNames.quality,
    note: "Remarks of analysis tools on lines of code, for each commit.",
    right: repositoryRight,
    since: "5.15",
    scopes: allScopes,
    parameters: [whichCommits],
    // They have no key of their own: their text is what tells them apart.
    key: ["repository_id", "commit_id", "report_key", "external_id", "path", "line", "message"],
    mode: "incremental",
  },
  {
    level: "repository",
    of: "by-parameter",
    lists: [{ path: `${insightsPath}/annotations`, property: "annotations", isUnpaged: true }],
    parent: ["commit_id"],
    sources: [
      ...ofCommit,
      ["report_key", "text", "reportKey"],
      ["external_id", "text", "externalId"],
      ["path", "text", "path"],
      ["line", "int", "line"],
      ["message", "text", "message"],
      ["severity", "text", "severity"],
      ["type", "text", "type"],
      ["link", "text", "link"],
    ],
  },
);
