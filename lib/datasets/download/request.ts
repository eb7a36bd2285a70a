import type { DatasetSummary } from "@/lib/datasets/types";

/** The formats of a download, by the ending of its address. */
export const downloadFormats = ["ndjson", "csv", "json", "parquet"] as const;
export type DownloadFormat = (typeof downloadFormats)[number];

/** What a download is asked for. */
export type DownloadRequest = {
  /** Changes since this change number; null for the whole data set. */
  readonly after: number | null;
  readonly hasDeleted: boolean;
};

/**
 * Reads the address of a download of a data set; `problem` is a sentence for the user who wrote the address.
 */
export function parseDownload(
  search: URLSearchParams,
  { newest, forgotten }: Pick<DatasetSummary, "newest" | "forgotten">,
):
  | { readonly ok: true; readonly request: DownloadRequest }
  | { readonly ok: false; readonly problem: string } {
  const after = search.getAll("after");
  const deleted = search.getAll("deleted");
  const [number] = after;
  if (after.length > 1 || (number !== undefined && !/^\d{1,15}$/.test(number))) {
    return {
      ok: false,
      problem:
        "“after” must be one change number, such as after=1200: the number in the header X-Latchkey-Newest of the last download.",
    };
  }
  if (deleted.length > 1 || (deleted[0] !== undefined && deleted[0] !== "include")) {
    return {
      ok: false,
      problem: "“deleted” can only be “include”. Leave it out for records without deleted ones.",
    };
  }
  // A deletion is a change: without it, a follower would keep what is gone.
  const since = number === undefined ? null : Number(number);
  if (since !== null && since > newest) {
    return {
      ok: false,
      problem: `“after” is ${since}, but the newest change number of this data set is ${newest}. It is another data set: download all of it once, without “after”.`,
    };
  }
  // A follower from 0 has nothing that could have been deleted.
  if (since !== null && since > 0 && since < forgotten) {
    return {
      ok: false,
      problem: `“after” is ${since}, but changes up to ${forgotten} are not all kept any more: the source reads something else since, or records that were deleted on the server are forgotten. Download all of it once, without “after”.`,
    };
  }
  return { ok: true, request: { after: since, hasDeleted: since !== null || deleted[0] === "include" } };
}
