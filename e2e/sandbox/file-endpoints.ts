import { type Answer, json, text } from "./answer";
import { type Call, param } from "./call";
import { forCommitAt } from "./commit-endpoints";
import { noSuchPath } from "./errors";
import { pathView } from "./file-changes";
import { gitBlob } from "./git-objects";
import { pageFor } from "./paging";
import type { Content } from "./world/content";
import type { Commit } from "./world/model";

/** GET …/files and …/files/{path}: the paths of all files, below a folder relative to it. */
export function listFiles(call: Call): Answer {
  const folder = param(call, "path");
  const below = folder === "" ? "" : `${folder}/`;
  return atCommit(call, (content, at) => {
    const paths = [...content.filesAt(at).keys()].filter((path) => path.startsWith(below));
    if (paths.length === 0) return noSuchPath(folder, call.query.get("at") || "refs/heads/main");
    return pageFor(call, { rows: paths.map((path) => path.slice(below.length)), view: (path) => path });
  });
}

/** GET …/raw/{path}: the bytes of a file, as plain text. */
export function getRawFile(call: Call): Answer {
  return forFile(call, (content) => text(200, content, { "X-Content-Type-Options": "nosniff" }));
}

/** GET …/browse and …/browse/{path}: a folder's children, or part of a file's lines. */
export function browse(call: Call): Answer {
  if (param(call, "path") === "") return atCommit(call, (content, at) => folderOf(call, content, at));
  return forFile(call, (content) => {
    const lines = content.replace(/\n$/, "").split("\n");
    const page = pageFor(call, { rows: lines, view: (line) => ({ text: line }) });
    if (page.status !== 200 || typeof page.body !== "string") return page;
    const { values, ...same } = JSON.parse(page.body);
    return json(200, { lines: values, ...same });
  });
}

function folderOf(call: Call, content: Content, at: Commit): Answer {
  const files = [...content.filesAt(at)].map(([path, written]) => ({
    path: pathView(path),
    contentId: gitBlob(written).id,
    type: "FILE",
    size: Buffer.byteLength(written),
  }));
  const page = pageFor(call, { rows: files, view: (file) => file });
  if (page.status !== 200 || typeof page.body !== "string") return page;
  return json(200, { path: pathView(""), revision: at.id, children: JSON.parse(page.body) });
}

function forFile(call: Call, answer: (text: string) => Answer): Answer {
  return atCommit(call, (content, at) => {
    const path = param(call, "path");
    const found = content.fileAt(at, path);
    return found === undefined ? noSuchPath(path, call.query.get("at") || "refs/heads/main") : answer(found);
  });
}

/** The commit named by `at`; without it, the default branch's newest. */
function atCommit(call: Call, answer: (content: Content, at: Commit) => Answer): Answer {
  return forCommitAt(call, call.query.get("at"), (_, content, at) => answer(content, at));
}
