import type { Content } from "./world/content";
import { byteOf, inventedId, pick } from "./world/invented";
import type { Commit } from "./world/model";

export type ChangeType = "ADD" | "MODIFY" | "DELETE" | "MOVE" | "COPY";

export interface FileChange {
  path: string;
  type: ChangeType;
  contentId: string;
  fromContentId: string;
}

const NO_CONTENT = "0".repeat(40);
const folders = ["src", "src/load", "docs", "tests", "tools/build"];
const files = ["main.ts", "load.ts", "README.md", "rows.sql", "settings.yaml", "prices.csv", "Makefile"];
const types: readonly ChangeType[] = ["MODIFY", "MODIFY", "ADD", "MODIFY", "MOVE", "DELETE", "COPY"];

/** The paths that a commit changed. */
export function pathsOf(content: Content, commit: Commit): string[] {
  const written = content.writtenBy(commit.id);
  if (written) return [...written.keys()];
  const isFirst = commit.parents.length === 0;
  const count = isFirst ? content.filesOfFirstCommit : 1 + (byteOf(commit.id, 0) % 5);
  return Array.from({ length: count }, (_, at) => {
    const turn = byteOf(commit.id, 1) + at;
    if (isFirst) return `import/${String(at + 1).padStart(4, "0")}.csv`;
    return `${pick(folders, turn)}/${at === 0 ? "" : `${at}-`}${pick(files, turn)}`;
  });
}

/** What a commit changed, invented from its id: always the same. */
export function changesOf(content: Content, commit: Commit): FileChange[] {
  return pathsOf(content, commit).map((path, at) => {
    const type = commit.parents.length === 0 ? "ADD" : pick(types, byteOf(commit.id, 2) + at);
    return {
      path,
      type,
      contentId: inventedId(commit.id, path),
      fromContentId: type === "ADD" ? NO_CONTENT : inventedId("before", commit.id, path),
    };
  });
}

/** What several commits changed together: the newest change of each path. */
export function changesOfAll(content: Content, ids: readonly string[]): FileChange[] {
  const changes = new Map<string, FileChange>();
  for (const id of ids) {
    const commit = content.commits.get(id);
    if (!commit) continue;
    for (const change of changesOf(content, commit))
      if (!changes.has(change.path)) changes.set(change.path, change);
  }
  return [...changes.values()];
}

/** A path as JSON, in parts. */
export function pathView(path: string) {
  const components = path === "" ? [] : path.split("/");
  const name = components.at(-1) ?? "";
  const extension = /\.([^.]+)$/.exec(name)?.[1];
  const parent = components.slice(0, -1).join("/");
  return { components, parent, name, ...(extension === undefined ? {} : { extension }), toString: path };
}

/** A change as JSON, as recorded answers have it. */
export function changeView(change: FileChange) {
  const { path, type } = change;
  const isMoved = type === "MOVE" || type === "COPY";
  return {
    contentId: change.contentId,
    fromContentId: change.fromContentId,
    path: pathView(path),
    ...(type === "DELETE" ? {} : { executable: path.endsWith("Makefile") }),
    percentUnchanged: isMoved ? 100 : -1,
    type,
    nodeType: "FILE",
    ...(isMoved ? { srcPath: pathView(`old/${path}`) } : {}),
    ...(type === "ADD" ? {} : { srcExecutable: false }),
    properties: { gitChangeType: type === "MOVE" ? "RENAME" : type },
  };
}
