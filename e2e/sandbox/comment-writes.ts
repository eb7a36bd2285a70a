import { z } from "zod";
import type { Account } from "./accounts";
import { type Answer, jsonText, noContent } from "./answer";
import type { Call } from "./call";
import type { Repository } from "./company";
import { badField, commentHasReplies, commentOutOfDate, noSuchComment, notPermitted } from "./errors";
import { commentText } from "./pull-request-texts";
import { Texts } from "./texts";
import { parseBody } from "./validation";
import { addReply, findComment, removeComment, type Written } from "./world/comments";
import type { Anchor, Discussion, PullComment } from "./world/model";
import { oneOf, requiredText } from "./write-fields";

const EMPTY_TEXT = "Please enter the text of the comment.";
const text = z
  .string({ error: EMPTY_TEXT })
  .max(32_768, "A comment is limited to 32768 characters.")
  .refine((given) => given.trim() !== "", EMPTY_TEXT);
const severity = oneOf("severity", ["NORMAL", "BLOCKER"]);
const hash = z.string({ error: "A commit is named by its id." }).optional();
const lineMessage = "The line has to be a whole number above zero.";
const anchorSchema = z.object({
  path: requiredText("the path of the file"),
  srcPath: z.string({ error: "The earlier path has to be text." }).optional(),
  line: z.number({ error: lineMessage }).int(lineMessage).min(1, lineMessage).optional(),
  lineType: oneOf("type of the line", ["ADDED", "REMOVED", "CONTEXT"]).optional(),
  fileType: oneOf("type of the file", ["FROM", "TO"]).optional(),
  diffType: oneOf("type of the diff", ["EFFECTIVE", "RANGE", "COMMIT"]).optional(),
  fromHash: hash,
  toHash: hash,
});

const newComment = z.object({
  text,
  parent: z.object({ id: z.number({ error: "A comment is named by its number." }) }).nullish(),
  severity: severity.optional(),
  state: oneOf("state of a new comment", ["OPEN", "PENDING"]).optional(),
  anchor: anchorSchema.nullish(),
});
const commentChange = z.object({
  version: z.number({ error: "The version of the comment is needed." }),
  text: text.optional(),
  severity: severity.optional(),
  state: oneOf("state", ["OPEN", "RESOLVED"]).optional(),
  threadResolved: z.boolean({ error: "Whether the thread is resolved has to be true or false." }).optional(),
});

/** Where comments are: the discussion, and who may do what in it. */
export interface Place {
  repository: Repository;
  discussion: Discussion;
  account: Account;
  /** May resolve and change the severity of others' comments. */
  mayModerate: boolean;
  mayDeleteAny: boolean;
  /** For anchors that name no commits. */
  hashes: { fromHash?: string | undefined; toHash: string };
}

/** Adds what the body describes; `begin` adds a comment that begins a thread. */
export function writeComment(
  call: Call,
  place: Place,
  begin: (written: Written) => PullComment,
  given: { severity?: "BLOCKER" } = {},
): PullComment | Answer {
  const parsed = parseBody(newComment, call.body);
  if ("refusal" in parsed) return parsed.refusal;
  const { parent, anchor, ...body } = parsed.body;
  const { world } = call.instance;
  const written: Written = { ...body, ...given, author: place.account, at: world.nextMoment() };
  if (!parent) return begin({ ...written, anchor: anchor ? anchorOf(anchor, place) : null });
  const answered = findComment(place.discussion, parent.id);
  return answered ? addReply(world, place.discussion, answered, written) : noSuchComment(String(parent.id));
}

function anchorOf({ fromHash, toHash, ...given }: z.output<typeof anchorSchema>, { hashes }: Place): Anchor {
  return {
    ...given,
    ...(given.line === undefined ? {} : { lineType: given.lineType ?? ("CONTEXT" as const) }),
    fromHash: fromHash ?? hashes.fromHash,
    toHash: toHash ?? hashes.toHash,
  };
}

/** Changes a comment by its version: the text by its author, the rest by moderators too. */
export function changeCommentOf(call: Call, place: Place, comment: PullComment): Answer | null {
  const { account, mayModerate } = place;
  const isOwn = comment.author === account;
  if (!isOwn && !mayModerate) return notPermitted();
  const parsed = parseBody(commentChange, call.body);
  if ("refusal" in parsed) return parsed.refusal;
  const { version, ...wanted } = parsed.body;
  if (!isOwn && wanted.text !== undefined && wanted.text !== comment.text) return notPermitted();
  if (version !== comment.version) return commentOutOfDate(comment.version, version);
  if ((wanted.severity ?? comment.severity) !== "BLOCKER" && wanted.state === "RESOLVED") {
    return badField("state", "Only a task can be resolved.");
  }
  const at = call.instance.world.nextMoment();
  comment.text = wanted.text ?? comment.text;
  comment.severity = wanted.severity ?? comment.severity;
  comment.threadResolved = wanted.threadResolved ?? comment.threadResolved;
  if (wanted.state !== undefined && wanted.state !== comment.state) {
    comment.state = wanted.state;
    comment.resolved = wanted.state === "RESOLVED" ? { at, by: account } : null;
  }
  comment.version += 1;
  comment.updatedAt = at;
  return null;
}

/** Deletes a comment without answers, by its version: its author, and administrators. */
export function deleteCommentOf(call: Call, place: Place, comment: PullComment): Answer {
  if (comment.author !== place.account && !place.mayDeleteAny) return notPermitted();
  const version = Number(call.query.get("version") ?? "-1");
  if (version !== comment.version) return commentOutOfDate(comment.version, version);
  if (comment.replies.length > 0) return commentHasReplies(comment.id);
  removeComment(place.discussion, comment);
  return noContent;
}

/** A comment as an answer; a new one with its address. */
export function commentAnswer(call: Call, repository: Repository, comment: PullComment, of?: string): Answer {
  const { instance, caller } = call;
  const body = commentText(new Texts(instance, caller?.account), repository, comment);
  if (of === undefined) return jsonText(200, body);
  const { project, slug } = repository;
  const path = `projects/${project.key}/repos/${slug}/${of}/${comment.id}`;
  return jsonText(201, body, { Location: `${instance.baseUrl}/rest/api/1.0/${path}` });
}
