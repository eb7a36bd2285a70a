import type { Column } from "@/lib/connectors/streams";

/** Which records a list shows, and in which order. */
export type RecordsView = {
  readonly order: "newest" | "key";
  /** Text in any value; empty for all. */
  readonly q: string;
  /** The column whose value is given; null for all. */
  readonly column: string | null;
  /** Empty: records without a value. */
  readonly value: string;
  readonly hasDeleted: boolean;
};

/** The view's names in an address. */
export const viewNames = ["order", "q", "column", "value", "deleted"] as const;
type ViewName = (typeof viewNames)[number];

/** Longer texts match nothing that a list could show. */
export const longestSearch = 200;

/** The view of an address; what it does not know counts as absent. */
export function parseView(given: Partial<Record<ViewName, string>>, columns: readonly Column[]): RecordsView {
  const column = columns.find(({ name }) => name === given.column)?.name ?? null;
  // A value for no column in particular is a text to search for.
  const q = (given.q ?? "").trim() || (given.column ? "" : (given.value ?? "").trim());
  return {
    order: given.order === "key" ? "key" : "newest",
    q: q.slice(0, longestSearch),
    column,
    value: column === null ? "" : (given.value ?? "").trim().slice(0, longestSearch),
    hasDeleted: given.deleted === "include",
  };
}

/** True if the view leaves out records for their values. */
export function isFiltered({ q, column }: RecordsView): boolean {
  return q !== "" || column !== null;
}

/** The view as the parameters of an address; none for all, in the usual order. */
export function viewParameters(view: RecordsView): Partial<Record<ViewName, string>> {
  return {
    ...(view.order === "key" ? { order: "key" } : {}),
    ...(view.q === "" ? {} : { q: view.q }),
    ...(view.column === null ? {} : { column: view.column, value: view.value }),
    ...(view.hasDeleted ? { deleted: "include" } : {}),
  };
}
