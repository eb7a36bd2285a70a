import type { ActionCatalogue } from "@/lib/connectors/action";
import { changeComment, commitComment, deleteComment, pullRequestComment, pullRequestTask } from "./comments";
import type { ActionDefinition } from "./definition";
import { writeFile } from "./files";
import { grantRight } from "./grants";
import { label, removeLabel } from "./labels";
import { manualDeletion, manualRequest } from "./manual";
import { project, repository } from "./places";
import { declinePullRequest, mergePullRequest, reopenPullRequest } from "./pull-request-states";
import { addReviewer, changePullRequest, pullRequest, reviewPullRequest } from "./pull-requests";
import { buildStatus, codeInsightsAnnotation, codeInsightsReport, deployment } from "./quality";
import { branch, deleteBranch, tag } from "./refs";
import { webhook } from "./webhooks";

/** In the wizard's order. */
const definitions: readonly ActionDefinition[] = [
  pullRequestComment,
  pullRequestTask,
  changeComment,
  deleteComment,
  pullRequest,
  changePullRequest,
  addReviewer,
  reviewPullRequest,
  mergePullRequest,
  declinePullRequest,
  reopenPullRequest,
  buildStatus,
  deployment,
  codeInsightsReport,
  codeInsightsAnnotation,
  commitComment,
  branch,
  tag,
  writeFile,
  deleteBranch,
  label,
  removeLabel,
  webhook,
  repository,
  project,
  grantRight,
  manualRequest,
  manualDeletion,
];

/** The definition of the action of that id, or null. */
export function findDefinition(id: string): ActionDefinition | null {
  return definitions.find(({ action }) => action.id === id) ?? null;
}

/** What can be written to Bitbucket. */
export const actionCatalogue: ActionCatalogue = {
  actions: definitions.map(({ action }) => action),
  refuseValues: (id, values) => findDefinition(id)?.refuse(values) ?? [],
  targetOf: (id, values) => {
    const parts = (findDefinition(id)?.target ?? []).map((name) => String(values[name] ?? ""));
    // The server ignores the case of keys and slugs.
    return [id, ...parts].join("/").toLowerCase().slice(0, 500);
  },
};
