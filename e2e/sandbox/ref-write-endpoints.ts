import { z } from "zod";
import { type Answer, jsonText, noContent } from "./answer";
import { type Call, param } from "./call";
import { badField, conflict, noSuchBranch, noSuchCommit, noSuchTag } from "./errors";
import { Texts } from "./texts";
import { parseBody } from "./validation";
import { inventedId } from "./world/invented";
import type { Branch, Tag } from "./world/model";
import { NONE, notePush } from "./world/ref-changes";
import { optionalText, requiredText } from "./write-fields";
import { forActiveRepository, type WritePlace } from "./write-place";

/** https://git-scm.com/docs/git-check-ref-format: what git takes as the name of a branch or tag. */
const badRef = /^[./-]|\.\.|@\{|[\s~^:?*[\\]|\/[/.]|[/.]$|\.lock(?:\/|$)/;

const named = (what: string, prefix: string) =>
  requiredText(`the name of the ${what}`, 255)
    .transform((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name))
    .refine((name) => !badRef.test(name), `This is no name for a ${what}.`);
const startPoint = requiredText("the commit, branch or tag at which to begin");
const branchSchema = z.object({ name: named("branch", "refs/heads/"), startPoint });
const tagSchema = z.object({
  name: named("tag", "refs/tags/"),
  startPoint,
  message: optionalText("message"),
});

/** POST …/branches: 200; 409 if the name is taken. */
export function createBranch(call: Call): Answer {
  return makeBranch(call, 200, (name) =>
    conflict(`Branch '${name}' already exists.`, "branch.DuplicateBranchException"),
  );
}

/** POST /rest/branch-utils/…/branches: 201; 400 if the name is taken. */
export function createBranchByUtils(call: Call): Answer {
  return makeBranch(call, 201, (name) => badField("name", `Branch '${name}' already exists.`));
}

function makeBranch(call: Call, status: number, taken: (name: string) => Answer): Answer {
  return forActiveRepository(call, "WRITE", (place) => {
    const parsed = parseBody(branchSchema, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const { content, repository, caller } = place;
    const { name } = parsed.body;
    const commit = content.find(parsed.body.startPoint);
    if (!commit) return noSuchCommit(parsed.body.startPoint, repository.slug);
    if (content.branch(name)) return taken(name);
    const { world } = call.instance;
    const branch: Branch = {
      name,
      latestCommit: commit.id,
      isDefault: false,
      writtenAt: world.nextMoment(),
    };
    content.branches.push(branch);
    notePush(
      call.instance.world,
      { repository, content, branch, author: caller.account },
      { from: NONE, to: commit.id },
    );
    return jsonText(status, new Texts(call.instance).branch(branch));
  });
}

const deletionSchema = z.object({
  name: named("branch", "refs/heads/"),
  endPoint: optionalText("end point"),
  dryRun: z.boolean({ error: "dryRun has to be true or false." }).default(false),
});

/** DELETE /rest/branch-utils/…/branches {name, endPoint?}: 204; its commits stay until git collects them. */
export function deleteBranch(call: Call): Answer {
  return forActiveRepository(call, "WRITE", (place) => {
    const parsed = parseBody(deletionSchema, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const { content, repository, caller } = place;
    const { name, endPoint, dryRun } = parsed.body;
    const branch = content.branch(name);
    if (!branch) return noSuchBranch(name, repository.slug);
    if (branch.isDefault) return conflict(`${name} is the default branch and cannot be deleted.`, null);
    if (endPoint !== undefined && endPoint !== branch.latestCommit) {
      return conflict(
        `Branch '${name}' has moved to ${branch.latestCommit}.`,
        "branch.BranchOutOfDateException",
      );
    }
    if (dryRun) return noContent;
    content.branches = content.branches.filter((one) => one !== branch);
    notePush(
      call.instance.world,
      { repository, content, branch, author: caller.account },
      { from: branch.latestCommit, to: NONE },
    );
    return noContent;
  });
}

/** POST …/tags: 200; with a message an annotated one; 409 if the name is taken. */
export function createTag(call: Call): Answer {
  return forActiveRepository(call, "WRITE", ({ content, repository }: WritePlace) => {
    const parsed = parseBody(tagSchema, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const { name, message } = parsed.body;
    const commit = content.find(parsed.body.startPoint);
    if (!commit) return noSuchCommit(parsed.body.startPoint, repository.slug);
    if (content.tag(name)) return conflict(`Tag '${name}' already exists.`, "tag.DuplicateTagException");
    const hash = message ? inventedId(repository.id, "new tag", name) : null;
    const tag: Tag = { name, latestCommit: commit.id, hash, writtenAt: call.instance.world.nextMoment() };
    content.tags.push(tag);
    return jsonText(200, new Texts(call.instance).tag(tag));
  });
}

/** DELETE /rest/git/…/tags/{name}: 204. */
export function deleteTag(call: Call): Answer {
  return forActiveRepository(call, "WRITE", ({ content, repository }) => {
    const name = param(call, "tag");
    const tag = content.tag(name);
    if (!tag) return noSuchTag(name, repository.slug);
    content.tags = content.tags.filter((one) => one !== tag);
    return noContent;
  });
}
