import type { Problem, Values } from "@/lib/connectors/action";
import type { Json } from "@/lib/connectors/stream-reader";
import { isObject } from "../streams/shared";
import { type ActionDefinition, defineAction, field, required } from "./definition";
import { commitField, groupNames, repositoryFields } from "./shared";

const reading = "Read access to the repository";
const isAddress = { source: "https?://\\S+", words: "An address begins with http:// or https://." };
const place = [...repositoryFields, commitField] as const;

const count = (name: string, label: string, columns: readonly string[]) =>
  field(name, label, "int", { least: 0, columns });

export const buildStatus: ActionDefinition = defineAction({
  id: "build-status",
  label: "Build status",
  group: groupNames.quality,
  note: "The result of a build, shown at its commit and pull requests. The same key again replaces it.",
  right: reading,
  needs: "read",
  fields: [
    ...place,
    required("key", "Key", "text", {
      hint: "Names the build among those of the commit.",
      longest: 255,
      columns: ["build_key", "job"],
    }),
    required("state", "State", "choice", {
      hint: "Servers before 7.14 know the first three.",
      choices: ["SUCCESSFUL", "FAILED", "INPROGRESS", "CANCELLED", "UNKNOWN"],
      columns: ["status", "result"],
    }),
    required("url", "Address", "text", {
      hint: "The build’s page.",
      longest: 450,
      pattern: isAddress,
      columns: ["url", "link", "build_url"],
    }),
    field("name", "Name", "text", { hint: "Shown in place of the key.", longest: 255 }),
    field("description", "Description", "text", { longest: 255, isShortened: true }),
    field("ref", "Branch or tag", "text", {
      hint: "In full, such as refs/heads/main.",
      longest: 1024,
      pattern: { source: "refs/.+", words: "A branch or tag is named in full, such as refs/heads/main." },
    }),
    field("parent", "Parent key", "text", {
      hint: "The key of the build that this one is part of.",
      longest: 1024,
    }),
    field("buildNumber", "Build number", "text", { longest: 255, columns: ["number"] }),
    field("duration", "Duration", "int", { hint: "In milliseconds.", least: 0, columns: ["duration_ms"] }),
    field("lastUpdated", "Updated", "timestamp", { columns: ["updated_at", "finished_at"] }),
    count("testsSuccessful", "Tests passed", ["tests_successful"]),
    count("testsFailed", "Tests failed", ["tests_failed"]),
    count("testsSkipped", "Tests skipped", ["tests_skipped"]),
  ],
  matchKey: ["project", "repository", "commit", "key"],
  target: ["project", "repository", "commit", "key"],
});

export const deployment: ActionDefinition = defineAction({
  id: "deployment",
  label: "Deployment",
  group: groupNames.quality,
  note: "A deployment of a commit to an environment. The same key, environment and number again replace it.",
  right: reading,
  needs: "read",
  since: "7.16",
  fields: [
    ...place,
    required("sequenceNumber", "Sequence number", "int", {
      hint: "Grows with each deployment; the highest is the current one.",
      least: 0,
      columns: ["deploymentSequenceNumber", "number"],
    }),
    required("key", "Key", "text", {
      hint: "Names the pipeline.",
      longest: 255,
      columns: ["deployment_key", "pipeline"],
    }),
    required("displayName", "Name", "text", { longest: 255, columns: ["display_name"] }),
    required("description", "Description", "text", { longest: 255, isShortened: true }),
    required("url", "Address", "text", {
      hint: "The deployment’s page.",
      longest: 1024,
      pattern: isAddress,
      columns: ["url", "link"],
    }),
    required("state", "State", "choice", {
      choices: [...["PENDING", "IN_PROGRESS", "CANCELLED", "FAILED", "ROLLED_BACK", "SUCCESSFUL", "UNKNOWN"]],
      columns: ["status"],
    }),
    required("environmentKey", "Environment key", "text", {
      longest: 255,
      columns: ["environment_key", "environment"],
    }),
    field("environmentName", "Environment name", "text", {
      hint: "The key if left out.",
      longest: 255,
      columns: ["environment_name"],
    }),
    field("environmentType", "Environment type", "choice", {
      choices: ["DEVELOPMENT", "TESTING", "STAGING", "PRODUCTION"],
      columns: ["environment_type"],
    }),
    field("environmentUrl", "Environment address", "text", {
      longest: 1024,
      pattern: isAddress,
      columns: ["environment_url"],
    }),
    field("lastUpdated", "Updated", "timestamp", { columns: ["updated_at", "finished_at"] }),
  ],
  matchKey: ["project", "repository", "key", "environmentKey", "sequenceNumber"],
  target: ["project", "repository", "key", "environmentKey"],
});

const reportKey = {
  hint: "Names the report among those of the commit. Beyond 50 characters, its end becomes a hash.",
  longest: 50,
  isShortened: true,
  pattern: { source: "[^/\\\\?#%;]+", words: "A report’s key has no slash, no “?”, “#”, “%” or “;”." },
};

const dataTypes: readonly Json[] = ["BOOLEAN", "DATE", "DURATION", "LINK", "NUMBER", "PERCENTAGE", "TEXT"];
const mostData = 6;

function refuseData({ data }: Values): Problem[] {
  const refused = (message: string): Problem[] => [{ field: "data", message }];
  if (data === undefined) return [];
  if (!Array.isArray(data)) return refused('“Data” must be a list, such as [{ "title": …, "value": … }].');
  const entries: readonly Json[] = data;
  if (entries.length > mostData) {
    return refused(`“Data” has ${entries.length} entries; the server takes at most ${mostData}.`);
  }
  return entries.flatMap((entry, at) => {
    const fault = faultOf(entry);
    return fault === null ? [] : refused(`Entry ${at + 1} of “Data” ${fault}.`);
  });
}

function faultOf(entry: Json): string | null {
  if (!isObject(entry)) return "is no object";
  const { title, value, type } = entry;
  if (typeof title !== "string" || title === "") return "has no “title”";
  if (value === undefined || value === null) return "has no “value”";
  if (type === undefined || dataTypes.includes(type)) return null;
  return `has a “type” that is not one of ${dataTypes.join(", ")}`;
}

export const codeInsightsReport: ActionDefinition = defineAction({
  id: "code-insights-report",
  label: "Code Insights report",
  group: groupNames.quality,
  note: "A report on a commit, shown at its pull requests. The same key again replaces it.",
  right: `${reading}; only the report’s creator can replace it`,
  needs: "read",
  ownedByAuthor: "reports",
  since: "5.15",
  fields: [
    ...place,
    required("key", "Report key", "text", { ...reportKey, columns: ["report_key", "report", "key"] }),
    required("title", "Title", "text", { longest: 450, columns: ["name"] }),
    field("result", "Result", "choice", { choices: ["PASS", "FAIL"], columns: ["status"] }),
    field("details", "Details", "lines", { longest: 2000, columns: ["description"] }),
    field("data", "Data", "json", {
      hint: 'Up to 6 figures: [{ "title": "Coverage", "type": "PERCENTAGE", "value": 81 }]',
    }),
    field("reporter", "Reporter", "text", { hint: "Who made the report.", longest: 450 }),
    field("link", "Link", "text", { pattern: isAddress, columns: ["url"] }),
    field("logoUrl", "Logo", "text", { hint: "The address of a picture.", pattern: isAddress }),
    field("coverageProviderKey", "Coverage provider", "text", { columns: ["coverage_provider_key"] }),
  ],
  matchKey: ["project", "repository", "commit", "key"],
  target: ["project", "repository", "commit", "key"],
  refuse: refuseData,
});

export const codeInsightsAnnotation: ActionDefinition = defineAction({
  id: "code-insights-annotation",
  label: "Code Insights annotations",
  group: groupNames.quality,
  note: "Remarks of a report on lines of a commit. A report that is missing is created.",
  right: `${reading}; a report that stands must be the account’s own`,
  needs: "read",
  ownedByAuthor: "reports",
  since: "5.15",
  fields: [
    ...place,
    required("report", "Report key", "text", { ...reportKey, columns: ["report_key", "report"] }),
    required("message", "Message", "lines", { longest: 2000, columns: ["text", "description"] }),
    required("severity", "Severity", "choice", { choices: ["LOW", "MEDIUM", "HIGH"], columns: ["level"] }),
    field("path", "File", "text", {
      hint: "The file’s path in the repository.",
      longest: 50_000,
      columns: ["file"],
    }),
    field("line", "Line", "int", { hint: "0 is the whole file.", least: 0 }),
    field("type", "Type", "choice", { choices: ["VULNERABILITY", "CODE_SMELL", "BUG"], columns: ["kind"] }),
    field("link", "Link", "text", { pattern: isAddress, columns: ["url"] }),
    field("reportTitle", "Report title", "text", {
      hint: "For a report that is missing; its key if left out.",
      longest: 450,
      columns: ["report_title"],
    }),
  ],
  matchKey: "record",
  target: ["project", "repository", "commit", "report"],
  together: { by: ["project", "repository", "commit", "report"], most: 1000, noun: "annotation" },
  refuse: ({ line, path }) =>
    typeof line === "number" && line > 0 && path === undefined
      ? [{ field: "path", message: "“File” is required for an annotation on a line." }]
      : [],
});
