import type { ActionField } from "@/lib/connectors/action";
import { defineAction, field, required } from "./definition";
import { refNamePattern } from "./ref-names";
import { groupNames, repositoryFields } from "./shared";

const startPoint = required("startPoint", "Start point", "text", {
  hint: "A branch, a tag or a commit’s id.",
  longest: 255,
  columns: ["start_point", "latest_commit", "commit_id", "commit", "sha", "from_commit", "id"],
});

const newName = (noun: string, columns: readonly string[]): ActionField =>
  required("name", "Name", "text", {
    hint: `The ${noun}’s name, such as ${noun === "tag" ? "v1.4.0" : "feature/basket"}.`,
    longest: 244,
    pattern: refNamePattern,
    columns,
  });

export const branch = defineAction({
  id: "branch",
  label: "Branch",
  group: groupNames.code,
  note: "A new branch. A branch of that name at another commit is left as it is and named.",
  right: "Write access to the repository",
  needs: "write",
  fields: [
    ...repositoryFields,
    newName("branch", ["branch", "branch_name", "name", "display_id", "id"]),
    startPoint,
    field("message", "Message", "lines", {
      hint: "Why the branch was made, for the server’s log of references.",
      longest: 1_000,
    }),
  ],
  matchKey: ["project", "repository", "name"],
  target: ["project", "repository", "name"],
});

export const tag = defineAction({
  id: "tag",
  label: "Tag",
  group: groupNames.code,
  note: "A new tag. A tag of that name at another commit is left as it is and named.",
  right: "Write access to the repository",
  needs: "write",
  fields: [
    ...repositoryFields,
    newName("tag", ["tag", "tag_name", "version", "name", "display_id", "id"]),
    startPoint,
    field("message", "Message", "lines", {
      hint: "With a message the tag is an annotated one.",
      longest: 32_000,
      columns: ["annotation", "description"],
    }),
  ],
  matchKey: ["project", "repository", "name"],
  target: ["project", "repository", "name"],
});

export const deleteBranch = defineAction({
  id: "delete-branch",
  label: "Delete a branch",
  group: groupNames.code,
  note: "Deletes a branch. One that is not there counts as deleted; the default branch is never deleted.",
  right: "Write access to the repository",
  needs: "write",
  fields: [
    ...repositoryFields,
    newName("branch", ["branch", "branch_name", "name", "display_id", "id"]),
    field("commit", "Expected commit", "text", {
      hint: "The branch is deleted only while it ends at this commit. The full id, 40 hexadecimal characters.",
      pattern: { source: "[0-9a-fA-F]{40}", words: "A commit’s full id has 40 hexadecimal characters." },
      columns: ["latest_commit", "commit_id", "sha"],
    }),
  ],
  matchKey: ["project", "repository", "name"],
  danger: "delete",
  target: ["project", "repository", "name"],
});
