import type { Call } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { asObject } from "./machine";
import { get } from "./paths";

/** The server lowers it to its own. */
const pageSize = 1000;

/** The call for a page of a list. */
export function listCall(path: string, query: Call["query"] = {}, start = 0): Call {
  return get(path, { ...query, limit: pageSize, start });
}

/** A page of a list, a plain list, or one object alone, as some servers answer. */
export type ListPage = {
  readonly items: readonly JsonObject[];
  /** Where the next page begins; null after the last. A start that does not grow ends the list. */
  readonly next: number | null;
};

/** Reads a page of a list. */
export function readList(body: unknown): ListPage {
  if (Array.isArray(body)) return { items: body.map(asObject), next: null };
  const { values, isLastPage, start, nextPageStart, ...rest } = asObject(body);
  if (!Array.isArray(values)) {
    return { items: Object.keys(rest).length > 0 ? [rest] : [], next: null };
  }
  const grows =
    isLastPage === false && typeof nextPageStart === "number" && nextPageStart > Number(start ?? 0);
  return { items: values.map(asObject), next: grows ? nextPageStart : null };
}
