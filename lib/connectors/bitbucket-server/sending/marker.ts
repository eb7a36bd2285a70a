import type { JsonObject } from "@/lib/connectors/stream-reader";
import { asObject, type Job } from "./machine";

/** Markdown shows no such line: it defines a link that nothing uses. */
const markerLine = /\n*^\[\/\/\]: # \(latchkey:[0-9a-f]{16}\)\s*$/m;

/** A text with the hidden line by which the comment is found again. */
export function marked(text: string, { item }: Job): string {
  return `${text.trimEnd()}\n\n[//]: # (latchkey:${item.marker})`;
}

/** The new text of a comment, with the hidden line of the old one, if it has one. */
export function markedLike(text: string, old: string): string {
  const [line] = markerLine.exec(old) ?? [];
  return line === undefined ? text : `${text.trimEnd()}\n\n${line.trim()}`;
}

/** Whether two texts are the same to their readers: the server may change the ends of lines. */
export function isSameText(one: unknown, other: string): boolean {
  const plain = (text: string) => text.replace(/\r\n?/g, "\n").trim();
  return typeof one === "string" && plain(one) === plain(other);
}

/**
 * The comment with our marker among these and their replies, to any depth; null if there is none. Others may quote the
 * marker, so that a comment of another author counts only with the very text.
 */
export function findMarked(comments: readonly JsonObject[], text: string, job: Job): JsonObject | null {
  const sign = `(latchkey:${job.item.marker})`;
  const left = [...comments];
  for (let comment = left.pop(); comment; comment = left.pop()) {
    const isMarked = typeof comment.text === "string" && comment.text.includes(sign);
    if (isMarked && (!isOfOthers(comment, job) || isSameText(comment.text, text))) return comment;
    for (const replies of [comment.comments, comment.tasks]) {
      // Not spread: a call takes fewer arguments than a list may have entries.
      if (Array.isArray(replies)) for (const reply of replies) left.push(asObject(reply));
    }
  }
  return null;
}

function isOfOthers({ author }: JsonObject, { context: { account } }: Job): boolean {
  const { name } = asObject(author);
  if (account === null || typeof name !== "string" || name === "") return false;
  return name.toLowerCase() !== account.toLowerCase();
}
