import { statfsSync } from "node:fs";
import { DiskFullError } from "./fault";

// Two files of the write-ahead log, 16 MiB each, and what one transaction writes besides.
const neededMiB = 48;

/** Throws `DiskFullError` if the disk of `folder` has less than 48 MiB left. */
export function requireRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= neededMiB * 1024 * 1024) return;
  throw new DiskFullError(
    `The disk of ${folder} is full: the embedded database writes nothing while less than ${neededMiB} MiB are free. Make room there; nothing needs to be started again.`,
  );
}

const writing = /\b(?:insert|update|delete|merge|create|alter|drop|truncate|copy|vacuum|reindex|cluster)\b/i;

/** True for SQL that may write rows; locking rows for a later change is no write yet. */
export function mayWrite(text: string): boolean {
  return writing.test(text.replace(/\bfor\s+(?:no\s+key\s+)?update\b/gi, ""));
}
