import { defineAction, required } from "./definition";
import { groupNames, repositoryFields } from "./shared";

const fields = [
  ...repositoryFields,
  required("name", "Name", "text", {
    hint: "3 to 50 characters: a to z, digits and hyphens.",
    shortest: 3,
    longest: 50,
    pattern: { source: "[a-z0-9-]+", words: "A label has only the letters a to z, digits and hyphens." },
    columns: ["label", "label_name", "topic"],
  }),
];

export const label = defineAction({
  id: "label",
  label: "Label",
  group: groupNames.repositories,
  note: "A label on a repository.",
  right: "Administration of the repository",
  needs: "admin",
  fields,
  matchKey: ["project", "repository", "name"],
  target: ["project", "repository", "name"],
});

export const removeLabel = defineAction({
  id: "remove-label",
  label: "Remove a label",
  group: groupNames.repositories,
  note: "Takes a label off a repository. One that is not there counts as removed.",
  right: "Administration of the repository",
  needs: "admin",
  fields,
  matchKey: ["project", "repository", "name"],
  danger: "delete",
  target: ["project", "repository", "name"],
});
