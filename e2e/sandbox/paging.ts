import { type Answer, jsonText } from "./answer";
import type { Call } from "./call";
import { badField } from "./errors";
import type { InstanceSettings } from "./settings";

const DEFAULT_LIMIT = 25;
/** Larger limits are silently capped; the response's `limit` shows the cap. */
const MAX_LIMIT = 1000;

interface Listing<Row> {
  rows: readonly Row[];
  /** A row as JSON text: cheap enough for pages of 1000. */
  text: (row: Row) => string;
  canSee?: (row: Row) => boolean;
  /** Fields beside those of every page. */
  more?: Readonly<Record<string, unknown>>;
}

interface Limits {
  maxLimit?: number;
  /** As if every other row were one that the caller may not read. */
  hasGaps?: boolean;
  lastPage?: InstanceSettings["lastPage"];
}

/** One page of a list within the limits of the call's server. `most` is a lower limit of the list's own. */
export function pageFor<Row>(
  call: Pick<Call, "query" | "instance">,
  {
    view,
    most = MAX_LIMIT,
    ...listing
  }: Omit<Listing<Row>, "text"> & { view: (row: Row) => unknown; most?: number },
): Answer {
  return textPageFor(call, { ...listing, most, text: (row) => JSON.stringify(view(row)) });
}

/** The same for rows that are JSON text already. */
export function textPageFor<Row>(
  { query, instance }: Pick<Call, "query" | "instance">,
  { most = MAX_LIMIT, ...listing }: Listing<Row> & { most?: number },
): Answer {
  const { pageLimit, pageGaps, lastPage } = instance.settings;
  return textPageOf(query, listing, { maxLimit: Math.min(pageLimit, most), hasGaps: pageGaps, lastPage });
}

/** One page of a list whose rows are views. */
export function pageOf<Row>(
  query: URLSearchParams,
  { view, ...listing }: Omit<Listing<Row>, "text"> & { view: (row: Row) => unknown },
  limits: Limits = {},
): Answer {
  return textPageOf(query, { ...listing, text: (row) => JSON.stringify(view(row)) }, limits);
}

/**
 * One page of a list. `start` counts all rows, but unreadable ones are skipped, so nextPageStart is not start + size,
 * as recorded responses of /projects show.
 */
function textPageOf<Row>(query: URLSearchParams, listing: Listing<Row>, limits: Limits): Answer {
  const { rows, text, canSee = () => true, more = {} } = listing;
  const { maxLimit = MAX_LIMIT, hasGaps = false, lastPage = "absent" } = limits;
  const limit = wholeNumber(query.get("limit"), DEFAULT_LIMIT);
  if (limit === null || limit < 1) return badField("limit", "The limit has to be a whole number above zero.");
  const start = wholeNumber(query.get("start"), 0);
  if (start === null) return badField("start", "The start has to be a whole number, zero or above.");

  const granted = Math.min(limit, maxLimit);
  const values: string[] = [];
  let nextPageStart: number | undefined;
  // With gaps, the row at place n has the number 2n + 1.
  for (let index = hasGaps ? Math.floor(start / 2) : start; index < rows.length; index += 1) {
    const row = rows[index];
    if (row === undefined || !canSee(row)) continue;
    if (values.length === granted) {
      nextPageStart = hasGaps ? 2 * index + 1 : index;
      break;
    }
    values.push(text(row));
  }
  if (lastPage === "stuck") nextPageStart = start;
  const isLastPage = nextPageStart === undefined;
  const before = JSON.stringify({ ...more, size: values.length, limit: granted, isLastPage });
  const after = JSON.stringify({ start, ...endOf(nextPageStart, lastPage) });
  return jsonText(200, `${before.slice(0, -1)},"values":[${values.join(",")}],${after.slice(1)}`);
}

function endOf(nextPageStart: number | undefined, lastPage: InstanceSettings["lastPage"]) {
  if (nextPageStart !== undefined) return { nextPageStart };
  return lastPage === "null" ? { nextPageStart: null } : {};
}

function wholeNumber(given: string | null, otherwise: number): number | null {
  if (given === null || given === "") return otherwise;
  return /^\d{1,9}$/.test(given) ? Number(given) : null;
}
