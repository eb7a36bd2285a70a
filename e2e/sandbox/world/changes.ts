import type { z } from "zod";
import * as pulls from "./pull-request-changes";
import * as refs from "./ref-changes";
import * as repositories from "./repository-changes";
import type { World } from "./world";

/** Every change that can be made to what a server holds, by name. */
export const changes = {
  addCommits: refs.addCommits,
  forcePush: refs.forcePush,
  createBranch: refs.createBranch,
  deleteBranch: refs.deleteBranch,
  createTag: refs.createTag,
  deleteTag: refs.deleteTag,
  addPullRequest: pulls.addPullRequest,
  editPullRequest: pulls.editPullRequest,
  approvePullRequest: pulls.approvePullRequest,
  mergePullRequest: pulls.mergePullRequest,
  declinePullRequest: pulls.declinePullRequest,
  setMergeChecks: pulls.setMergeChecks,
  deletePullRequest: pulls.deletePullRequest,
  addComment: pulls.addComment,
  editComment: pulls.editComment,
  deleteComment: pulls.removeCommentChange,
  addRepository: repositories.addRepository,
  deleteRepository: repositories.deleteRepository,
  renameRepository: repositories.renameRepository,
  moveRepository: repositories.moveRepository,
  archiveRepository: repositories.archiveRepository,
  hideRepository: repositories.hideRepository,
  showRepository: repositories.showRepository,
  renameProject: repositories.renameProject,
  deleteProject: repositories.deleteProject,
};

export type ChangeName = keyof typeof changes;
export type ChangeGiven<Name extends ChangeName> = z.input<(typeof changes)[Name]["schema"]>;
export type ChangeResult<Name extends ChangeName> = ReturnType<(typeof changes)[Name]["apply"]>;

/** Whether there is a change with this name. */
export function isChange(name: string): name is ChangeName {
  return Object.hasOwn(changes, name);
}

/** Makes a change whose arguments nobody has looked at yet; throws a ZodError or a RangeError, and changes nothing. */
export function makeChange(world: World, name: ChangeName, given: unknown): unknown {
  // Each schema belongs to its own function, which the type of the whole table cannot say.
  const { schema, apply } = changes[name] as {
    schema: z.ZodType;
    apply: (world: World, given: unknown) => unknown;
  };
  return apply(world, schema.parse(given));
}
