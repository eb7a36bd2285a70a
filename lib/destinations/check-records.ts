import type { InputRecord } from "./input";
import type { CheckedRecords, InvalidRecord } from "./types";
import type { Mapper } from "./would-be-calls";

/** The most records that are checked while the user waits. */
export const mostChecked = 10_000;
const perBatch = 500;
const shownInvalid = 50;
const shownRequests = 3;

/**
 * Checks the mapping of the first records, batch by batch, so that few are held at a time. `read` gives the records
 * after a place, in the order of sending.
 */
export async function checkRecords(
  mapper: Mapper,
  read: (after: number, limit: number) => Promise<readonly InputRecord[]>,
): Promise<CheckedRecords> {
  const examples: InvalidRecord[] = [];
  const requests: CheckedRecords["requests"][number][] = [];
  const keys = new Set<string>();
  const counts = { checked: 0, valid: 0, invalid: 0, repeated: 0 };
  let after = 0;
  for (;;) {
    const isFull = counts.checked >= mostChecked;
    const batch = await read(after, isFull ? 1 : perBatch);
    if (isFull || batch.length === 0) return { ...counts, hasMore: batch.length > 0, examples, requests };
    for (const record of batch) {
      counts.checked += 1;
      const mapped = mapper.map(record);
      if (!mapped.ok) {
        counts.invalid += 1;
        const key = mapped.matchKey || (record.matchable === false ? "" : record.key);
        const { problems } = mapped;
        if (examples.length < shownInvalid) examples.push({ number: counts.checked, key, problems });
        continue;
      }
      counts.valid += 1;
      if (keys.has(mapped.matchKey)) counts.repeated += 1;
      keys.add(mapped.matchKey);
      if (requests.length < shownRequests) {
        requests.push({ matchKey: mapped.matchKey, calls: mapper.callsOf(mapped) });
      }
    }
    after = batch.at(-1)?.place ?? after;
  }
}
