import { defineAction, field, required } from "./definition";
import { groupNames, repositoryFields } from "./shared";

const description = field("description", "Description", "lines", { longest: 255 });
const isPublic = field("public", "Public", "bool", { hint: "Readable without signing in." });

export const repository = defineAction({
  id: "repository",
  label: "Repository",
  group: groupNames.repositories,
  note: "A new, empty repository. One of the same name counts as already there.",
  right: "The right to create repositories in the project",
  fields: [
    repositoryFields[0],
    required("name", "Name", "text", {
      hint: "At most 128 letters, digits, blanks, hyphens, underscores and periods.",
      longest: 128,
      pattern: {
        source: "[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]*",
        words:
          "A name begins with a letter or digit and has blanks, hyphens, underscores and periods besides.",
      },
      columns: ["repository", "repository_name", "repo", "slug"],
    }),
    description,
    isPublic,
  ],
  matchKey: ["project", "name"],
  target: ["project", "name"],
});

export const project = defineAction({
  id: "project",
  label: "Project",
  group: groupNames.repositories,
  note: "A new project. One with the same key and name counts as already there.",
  right: "The server-wide right to create projects, with a password: no API key has it",
  fields: [
    required("key", "Key", "text", {
      hint: "Such as SHOP: a letter, then letters, digits and underscores.",
      longest: 128,
      pattern: {
        source: "[A-Za-z][A-Za-z0-9_]*",
        words: "A key begins with a letter and has only the letters A to Z, digits and underscores.",
      },
      columns: ["project_key", "project"],
    }),
    required("name", "Name", "text", { longest: 128, columns: ["project_name", "title"] }),
    description,
    isPublic,
  ],
  matchKey: ["key"],
  target: ["key"],
});
