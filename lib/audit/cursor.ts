import type { Cursor } from "@/lib/paging";

/** The cursor in the log's URL; null if it is absent or invalid: the log then starts at its newest event. */
export function parseEventCursor(text: string | undefined): Cursor<Date> | null {
  // Nine digits reach the year 5188, as in other lists; event numbers of fifteen digits are still exact.
  const [, at, id] = /^([0-9a-z]{1,9})\.(\d{1,15})$/.exec(text ?? "") ?? [];
  if (!at || !id) return null;
  return { at: new Date(Number.parseInt(at, 36)), id };
}
