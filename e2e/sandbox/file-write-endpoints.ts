import { type Answer, jsonText } from "./answer";
import { type Call, param } from "./call";
import { badField, conflict, noSuchBranch, noSuchCommit } from "./errors";
import { multipartFields } from "./multipart";
import { Texts } from "./texts";
import { growLine } from "./world/change";
import type { Branch } from "./world/model";
import { moveBranch, NONE, notePush } from "./world/ref-changes";
import { forActiveRepository, forPerson, type WritePlace } from "./write-place";

/** PUT …/browse/{path}, multipart: a commit with one file on a branch, by the caller, who has to be a user. */
export function writeFile(call: Call): Answer {
  return forActiveRepository(call, "WRITE", (place) =>
    forPerson(place.caller, () => {
      const fields = multipartFields(call.headers["content-type"] ?? "", call.body);
      const content = fields?.get("content");
      const branchName = fields?.get("branch")?.replace(/^refs\/heads\//, "");
      if (content === undefined) return badField("content", "Please send the content of the file.");
      if (!branchName) return badField("branch", "Please name the branch.");
      const branch = branchFor(call, place, { name: branchName, source: fields?.get("sourceBranch") });
      if (branch === null) return noSuchBranch(branchName, place.repository.slug);
      const source = fields?.get("sourceCommitId");
      return (
        refusalOf(place, branch, { path: param(call, "path"), content, source }) ??
        write(call, place, branch, { content, message: fields?.get("message") })
      );
    }),
  );
}

/** The branch, a new one at the commit of `sourceBranch`, or the first of an empty repository; null if there is none. */
function branchFor(
  { instance }: Call,
  { content }: WritePlace,
  { name, source: sourceBranch }: { name: string; source: string | undefined },
): Branch | null {
  const known = content.branch(name);
  if (known) return known;
  const made = { name, isDefault: false, writtenAt: instance.world.nextMoment() };
  const source = sourceBranch && content.branch(sourceBranch.replace(/^refs\/heads\//, ""));
  if (source) return { ...made, latestCommit: source.latestCommit };
  return content.branches.length === 0 ? { ...made, latestCommit: NONE, isDefault: true } : null;
}

function refusalOf(
  { content, repository }: WritePlace,
  branch: Branch,
  given: { path: string; content: string; source: string | undefined },
): Answer | null {
  const { path, source } = given;
  if (path === "") return badField("path", "Please name the file.");
  const tip = content.commits.get(branch.latestCommit);
  const before = tip && content.fileAt(tip, path);
  if (
    tip &&
    before === undefined &&
    [...content.filesAt(tip).keys()].some((one) => one.startsWith(`${path}/`))
  ) {
    return conflict(`"${path}" is a folder.`, "content.FileAlreadyExistsException");
  }
  if (source === undefined || source === "") {
    if (before === undefined) return null;
    if (before === given.content) return unmodified(path);
    return conflict(
      `The file "${path}" already exists. Name the commit at which you read it.`,
      "content.FileAlreadyExistsException",
    );
  }
  const read = content.find(source);
  if (!read) return noSuchCommit(source, repository.slug);
  if (content.fileAt(read, path) !== before) {
    return conflict(
      `The file "${path}" has changed since ${source.slice(0, 11)}.`,
      "content.FileContentOutOfDateException",
    );
  }
  return before === given.content ? unmodified(path) : null;
}

function unmodified(path: string): Answer {
  return conflict(`The content of "${path}" is the same already.`, "content.FileContentUnmodifiedException");
}

function write(
  call: Call,
  { repository, content, caller }: WritePlace,
  branch: Branch,
  given: { content: string; message: string | undefined },
): Answer {
  const { world } = call.instance;
  const path = param(call, "path");
  const author = caller.account;
  const parents = content.commits.has(branch.latestCommit) ? [branch.latestCommit] : [];
  const message = given.message || `${path} edited online with Bitbucket`;
  const [id = NONE] = growLine(world, content, { parents, count: 1, author, message });
  content.writeFiles(id, new Map([[path, given.content]]));
  const place = { repository, content, branch, author };
  if (content.branch(branch.name) === branch) moveBranch(world, place, id);
  else {
    branch.latestCommit = id;
    content.branches.push(branch);
    if (branch.isDefault) content.defaultBranch = branch.name;
    notePush(world, place, { from: NONE, to: id });
  }
  const commit = content.commits.get(id);
  if (!commit) throw new Error("the commit was not made");
  return jsonText(200, new Texts(call.instance).commit(commit));
}
