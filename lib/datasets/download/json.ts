import type { StoredRecord } from "@/lib/datasets/types";
import { ownValues } from "./cells";

/**
 * A record as one line of JSON: our own values first, then the data's exact text, so that numbers beyond those of
 * JavaScript stay whole and the same record is the same bytes.
 */
export function jsonLine(record: StoredRecord): string {
  const own = JSON.stringify(ownValues(record));
  return record.json === "{}" ? own : `${own.slice(0, -1)}, ${record.json.slice(1)}`;
}
