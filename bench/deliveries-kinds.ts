import type { WritingSettings } from "../lib/mapping/types";

/** What is written. */
export type Written = "comments" | "builds";

/** Comments fall on a thousand pull requests in turn; each build has a commit of its own. */
const pullRequests = 1000;

/** A record, in columns that a data set of commits has. */
export function recordOf(at: number) {
  const id = at.toString(16).padStart(40, "0");
  const data = { id, repository_id: (at % pullRequests) + 1, message: `Finding ${at}: something to look at` };
  return { key: `K${at}`, data };
}

const place = {
  project: { from: "constant", value: "SHOP" },
  repository: { from: "constant", value: "storefront" },
} as const;

/** What the destination writes for them. */
export const writings: Readonly<Record<Written, WritingSettings>> = {
  comments: {
    action: "pull-request-comment",
    mapping: {
      ...place,
      pullRequest: { from: "column", column: "repository_id" },
      text: { from: "column", column: "message" },
    },
    matchKey: { kind: "record" },
    allows: [],
  },
  builds: {
    action: "build-status",
    mapping: {
      ...place,
      commit: { from: "column", column: "id" },
      key: { from: "constant", value: "nightly" },
      state: { from: "constant", value: "SUCCESSFUL" },
      url: { from: "text", text: "https://ci.example.com/{{id}}" },
    },
    matchKey: { kind: "fields", fields: ["commit", "key"] },
    allows: [],
  },
};

/** The bare loop's call for a record. */
export function callFor(written: Written, at: number): { readonly path: string; readonly body: string } {
  const { id, repository_id: pullRequest, message } = recordOf(at).data;
  const repository = "/rest/api/1.0/projects/SHOP/repos/storefront";
  if (written === "comments") {
    const path = `${repository}/pull-requests/${pullRequest}/comments`;
    return { path, body: JSON.stringify({ text: message }) };
  }
  const build = { key: "nightly", state: "SUCCESSFUL", url: `https://ci.example.com/${id}` };
  return { path: `${repository}/commits/${id}/builds`, body: JSON.stringify(build) };
}
