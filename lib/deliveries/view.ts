import { type ResultName, resultNames } from "./types";

/** Which records of a run a list shows. */
export type DeliveriesView = {
  /** Null for all. */
  readonly result: ResultName | null;
  /** How the match key begins; empty for all. */
  readonly key: string;
};

/** The view's names in an address; `after` and `before` are numbers of records. */
export const viewNames = ["result", "key", "after", "before"] as const;
type ViewName = (typeof viewNames)[number];

/** Match keys are no longer. */
export const longestKey = 500;

/** The view of an address; what it does not know counts as absent. */
export function parseView(given: Partial<Record<ViewName, string>>): DeliveriesView {
  return {
    result: resultNames.find((name) => name === given.result) ?? null,
    key: (given.key ?? "").slice(0, longestKey),
  };
}

/** A page of a view: after or before the record of that number; null for the first page. */
export type Place = { readonly after: number } | { readonly before: number } | null;

/** The page in an address; the first one for anything that is no number of a record. */
export function parsePlace({ after, before }: Partial<Record<ViewName, string>>): Place {
  if (isNumber(after)) return { after: Number(after) };
  return isNumber(before) ? { before: Number(before) } : null;
}

// Numbers are integers of 32 bits.
function isNumber(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,9}$/.test(text);
}

/** The view as the search part of an address, with a page if given; empty for the first page of all. */
export function viewSearch({ result, key }: DeliveriesView, place: Place = null): string {
  const given: Partial<Record<ViewName, string>> = {
    ...(result === null ? {} : { result }),
    ...(key === "" ? {} : { key }),
    ...(place === null ? {} : "after" in place ? { after: `${place.after}` } : { before: `${place.before}` }),
  };
  const search = new URLSearchParams(given).toString();
  return search === "" ? "" : `?${search}`;
}
