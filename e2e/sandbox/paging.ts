import { type Answer, json } from "./answer";
import { badField } from "./errors";

const DEFAULT_LIMIT = 25;
/** Larger limits are silently capped; the response's `limit` shows the cap. */
const MAX_LIMIT = 1000;

interface Listing<Row> {
  rows: readonly Row[];
  view: (row: Row) => unknown;
  canSee?: (row: Row) => boolean;
}

/**
 * One page of a list. `start` counts all rows, but unreadable ones are skipped, so nextPageStart is not start + size,
 * as recorded responses of /projects show.
 */
export function pageOf<Row>(query: URLSearchParams, listing: Listing<Row>): Answer {
  const { rows, view, canSee = () => true } = listing;
  const limit = wholeNumber(query.get("limit"), DEFAULT_LIMIT);
  if (limit === null || limit < 1) return badField("limit", "The limit has to be a whole number above zero.");
  const start = wholeNumber(query.get("start"), 0);
  if (start === null) return badField("start", "The start has to be a whole number, zero or above.");

  const granted = Math.min(limit, MAX_LIMIT);
  const values: unknown[] = [];
  let nextPageStart: number | undefined;
  for (let index = start; index < rows.length; index += 1) {
    const row = rows[index];
    if (row === undefined || !canSee(row)) continue;
    if (values.length === granted) {
      nextPageStart = index;
      break;
    }
    values.push(view(row));
  }
  const isLastPage = nextPageStart === undefined;
  return json(200, {
    size: values.length,
    limit: granted,
    isLastPage,
    values,
    start,
    ...(isLastPage ? {} : { nextPageStart }),
  });
}

function wholeNumber(given: string | null, otherwise: number): number | null {
  if (given === null || given === "") return otherwise;
  return /^\d{1,9}$/.test(given) ? Number(given) : null;
}
