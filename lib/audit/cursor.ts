import type { Cursor } from "@/lib/paging";

/** The cursor in an address of the log, or null for none and for nonsense: the log then starts at its newest event. */
export function parseEventCursor(text: string | undefined): Cursor | null {
  // Nine digits reach the year 5188, as in other lists; events are numbered, and fifteen digits are exact in a number.
  const [, at, id] = /^([0-9a-z]{1,9})\.(\d{1,15})$/.exec(text ?? "") ?? [];
  if (!at || !id) return null;
  return { at: new Date(Number.parseInt(at, 36)), id };
}
