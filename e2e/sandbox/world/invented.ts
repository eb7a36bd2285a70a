import { createHash } from "node:crypto";
import { type Account, sandboxAccounts } from "../accounts";

/** The moment of the newest commit; everything else lies before it, and changes made later lie after it. */
export const NEWEST = Date.UTC(2026, 4, 29, 14, 30);
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const { jane, omar, zoe, ana } = sandboxAccounts;
export const authors: readonly Account[] = [jane, omar, zoe, ana];

export const messages = [
  "Read the retry budget from the settings",
  "Drop the unused staging table",
  "Name the column after what it holds",
  "Cover the empty file with a test",
  "Write dates in UTC",
  "Split the nightly job in two",
  "Say which row was refused",
] as const;

export const remarks = [
  "Does this also hold for an empty file?",
  "I would name it after what it holds.",
  "Works on my data, thank you.",
  "Please say which row was refused.",
  "The unit is missing: seconds or milliseconds?",
] as const;

/** The item at this place of an endless repetition of the list. */
export function pick<Item>(items: readonly Item[], turn: number): Item {
  const item = items[Math.abs(turn) % items.length];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

/** An id of 40 hexadecimal digits, always the same for the same words. */
export function inventedId(...words: readonly (string | number)[]): string {
  return createHash("sha1").update(words.join(" ")).digest("hex");
}

/** A number from 0 to 255 that depends on one byte of an id. */
export function byteOf(id: string, at: number): number {
  return Number.parseInt(id.slice(at * 2, at * 2 + 2), 16) || 0;
}
