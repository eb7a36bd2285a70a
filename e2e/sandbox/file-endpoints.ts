import { type Answer, json, text } from "./answer";
import { type Call, forRepository, param } from "./call";
import { findCommit } from "./commit-endpoints";
import type { Repository } from "./company";
import { noDefaultBranch, noSuchCommit, noSuchPath } from "./errors";
import { gitBlob } from "./git-objects";
import { type Commit, historyOf } from "./history";
import { pageOf } from "./paging";

/** GET …/files: the paths of all files. */
export function listFiles(call: Call): Answer {
  return atCommit(call, (repository) =>
    pageOf(call.query, { rows: [...historyOf(repository).files.keys()], view: (path) => path }),
  );
}

/** GET …/raw/{path}: the bytes of a file, as plain text. */
export function getRawFile(call: Call): Answer {
  return forFile(call, (content) => text(200, content, { "X-Content-Type-Options": "nosniff" }));
}

/** GET …/browse and …/browse/{path}: a folder's children, or part of a file's lines. */
export function browse(call: Call): Answer {
  if (param(call, "path") === "") return atCommit(call, (repository, at) => folderOf(call, repository, at));
  return forFile(call, (content) => {
    const lines = content.replace(/\n$/, "").split("\n");
    const page = pageOf(call.query, { rows: lines, view: (line) => ({ text: line }) });
    if (page.status !== 200 || typeof page.body !== "string") return page;
    const { values, ...same } = JSON.parse(page.body);
    return json(200, { lines: values, ...same });
  });
}

function folderOf(call: Call, repository: Repository, at: Commit): Answer {
  const files = [...historyOf(repository).files].map(([path, content]) => ({
    path: pathView(path),
    contentId: gitBlob(content).id,
    type: "FILE",
    size: Buffer.byteLength(content),
  }));
  const page = pageOf(call.query, { rows: files, view: (file) => file });
  if (page.status !== 200 || typeof page.body !== "string") return page;
  return json(200, { path: pathView(""), revision: at.id, children: JSON.parse(page.body) });
}

function pathView(path: string) {
  const components = path === "" ? [] : path.split("/");
  const name = components.at(-1) ?? "";
  const extension = /\.([^.]+)$/.exec(name)?.[1];
  const parent = components.slice(0, -1).join("/");
  return { components, parent, name, ...(extension === undefined ? {} : { extension }), toString: path };
}

function forFile(call: Call, answer: (content: string) => Answer): Answer {
  return atCommit(call, (repository) => {
    const path = param(call, "path");
    const content = historyOf(repository).files.get(path);
    return content === undefined
      ? noSuchPath(path, call.query.get("at") || "refs/heads/main")
      : answer(content);
  });
}

/** The commit named by `at`; without it, the default branch's newest. */
function atCommit(call: Call, answer: (repository: Repository, at: Commit) => Answer): Answer {
  return forRepository(call, "READ", (repository) => {
    const { commits } = historyOf(repository);
    if (commits.length === 0) return noDefaultBranch();
    const ref = call.query.get("at") || "main";
    const commit = findCommit(repository, ref);
    return commit ? answer(repository, commit) : noSuchCommit(ref, repository.slug);
  });
}
