import { type Cursor, type PageParameters, type PageStart, startOf } from "@/lib/paging";

/** Where the page of a log's URL begins; null if nothing valid says so: the log then starts at its newest event. */
export function parseEventStart(parameters: PageParameters): PageStart | null {
  return startOf(parameters, parseEventCursor);
}

/** The cursor in the log's URL; null if it is absent or invalid. */
export function parseEventCursor(text: string | undefined): Cursor<Date> | null {
  // Nine digits reach the year 5188, as in other lists; event numbers of fifteen digits are still exact.
  const [, at, id] = /^([0-9a-z]{1,9})\.(\d{1,15})$/.exec(text ?? "") ?? [];
  if (!at || !id) return null;
  return { at: new Date(Number.parseInt(at, 36)), id };
}
