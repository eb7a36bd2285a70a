import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { isObject } from "../streams/shared";

/** One page of a list. `next` is the server's `nextPageStart`, which is not start plus size. */
export type Page = {
  readonly items: readonly JsonObject[];
  readonly next: number | null;
  /** The limit that the server granted, if it says so. */
  readonly limit: number | null;
};

export type PageShape = {
  /** Where the asked page began. */
  readonly start: number;
  /** The property that holds the items, in place of `values`. */
  readonly property?: string | undefined;
  /** One object is a list of one. */
  readonly one?: boolean | undefined;
};

/**
 * Reads a page in any of the server's envelopes: `{values, isLastPage, nextPageStart}`, a bare list, one object. Plain
 * texts become `{value}`. Null for anything else, and for a next page that is missing or not further on: reading it
 * would lose records or never end.
 */
export function readPage(body: unknown, { start, property = "values", one = false }: PageShape): Page | null {
  if (Array.isArray(body)) return { items: body.flatMap(itemOf), next: null, limit: null };
  if (!isObject(body)) return null;
  const values = body[property];
  if (!Array.isArray(values)) return one ? { items: [body], next: null, limit: null } : null;
  const items = values.flatMap(itemOf);
  const limit = typeof body.limit === "number" ? body.limit : null;
  if (body.isLastPage !== false) return { items, next: null, limit };
  const { nextPageStart } = body;
  if (typeof nextPageStart !== "number" || !Number.isSafeInteger(nextPageStart)) return null;
  return nextPageStart > start ? { items, next: nextPageStart, limit } : null;
}

function itemOf(value: Json): JsonObject[] {
  if (isObject(value)) return [value];
  return typeof value === "string" || typeof value === "number" ? [{ value }] : [];
}
