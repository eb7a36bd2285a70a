import type { StreamParameter } from "@/lib/connectors/streams";
import type { ColumnSource } from "./definition";
import { allScopes, groupNames, ofRepository, repositoryRight } from "./shared";

/** What the streams of pull requests have in common. */
export const ofReview = {
  group: groupNames.review,
  right: repositoryRight,
  since: null,
  scopes: allScopes,
} as const;

/** Which pull requests are read. */
export const state: StreamParameter = {
  name: "state",
  label: "State",
  hint: null,
  choices: [
    { value: "ALL", label: "All" },
    { value: "OPEN", label: "Open" },
    { value: "MERGED", label: "Merged" },
    { value: "DECLINED", label: "Declined" },
  ],
  isRequired: true,
};

/** The columns by which records below a pull request refer to it. */
export const ofPullRequest: readonly ColumnSource[] = [...ofRepository, ["pr_id", "int", "@parent"]];
