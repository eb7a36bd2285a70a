import type { Problem, Values } from "@/lib/connectors/action";
import { defineAction, required } from "./definition";
import { groupNames, repositoryFields } from "./shared";

const [projectField, repositoryField] = repositoryFields;

export const grantRight = defineAction({
  id: "grant-right",
  label: "Grant a right",
  group: groupNames.repositories,
  note: "A right of a user or group on a project or repository. A higher right is left as it is.",
  right: "Administration of the project or repository",
  fields: [
    projectField,
    { ...repositoryField, isRequired: false, hint: "Not sent: the right is one on the whole project." },
    required("holder", "Given to", "choice", {
      choices: ["USER", "GROUP"],
      columns: ["kind", "holder_type"],
    }),
    required("name", "Name", "text", {
      hint: "The user name or the group’s name.",
      longest: 255,
      columns: ["user_name", "group_name", "username", "user", "group", "name"],
    }),
    required("permission", "Right", "choice", {
      choices: ["PROJECT_READ", "PROJECT_WRITE", "PROJECT_ADMIN", "REPO_READ", "REPO_WRITE", "REPO_ADMIN"],
      columns: ["permission", "role", "level"],
    }),
  ],
  matchKey: ["project", "repository", "holder", "name"],
  needs: "admin",
  danger: "grant",
  target: ["project", "repository", "holder", "name"],
  refuse: refuseGrant,
});

function refuseGrant({ repository, permission }: Values): Problem[] {
  const isOfRepository = String(permission).startsWith("REPO_");
  if (isOfRepository === (repository !== undefined)) return [];
  const message = isOfRepository
    ? "This right needs a repository. Map one, or choose a right on the project."
    : "This right is one on the project. Choose one that begins with REPO_, or send no repository.";
  return [{ field: "permission", message }];
}
