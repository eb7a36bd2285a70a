import type { Problem, Values } from "@/lib/connectors/action";
import { defineAction, field, required } from "./definition";
import { refNamePattern } from "./ref-names";
import { groupNames, repositoryFields } from "./shared";

export const writeFile = defineAction({
  id: "write-file",
  label: "Write a file",
  group: groupNames.code,
  note: "A file on a branch, new or changed, as one commit. A file with the same lines counts as already there.",
  right: "Write access to the repository, as a person: keys of projects and repositories cannot write files",
  needs: "write",
  fields: [
    ...repositoryFields,
    required("branch", "Branch", "text", {
      hint: "An existing branch.",
      longest: 255,
      pattern: refNamePattern,
      columns: ["branch_name", "default_branch", "ref", "display_id"],
    }),
    required("path", "File", "text", {
      hint: "Its path in the repository, such as docs/readme.md.",
      longest: 1_000,
      columns: ["path", "file_path", "file_name", "filename"],
    }),
    required("content", "Content", "lines", {
      hint: "The whole file.",
      longest: 1_000_000,
      columns: ["text", "body", "source"],
    }),
    field("message", "Commit message", "lines", {
      hint: "Bitbucket’s own, if not sent.",
      longest: 32_000,
      columns: ["message", "commit_message"],
    }),
  ],
  matchKey: ["project", "repository", "branch", "path"],
  target: ["project", "repository", "branch"],
  refuse: refuseFile,
});

function refuseFile({ path }: Values): Problem[] {
  const steps = String(path ?? "").split("/");
  if (steps.some((step) => step === "" || step === "." || step === "..")) {
    const message = "A file’s path has no slash at its ends, no “//”, no “.” and no “..” between slashes.";
    return [{ field: "path", message }];
  }
  if (steps.some((step) => step.toLowerCase() === ".git")) {
    return [{ field: "path", message: "Git keeps the name .git for itself. Choose another path." }];
  }
  return [];
}
