import type { JsonObject, StreamRecord } from "@/lib/connectors/stream-reader";
import type { Place, StreamDefinition } from "../streams/definition";
import { mappingOf } from "./mapping";
import { keyText } from "./record-key";

export type Mapped = { readonly records: readonly StreamRecord[]; readonly unusable: number };

/**
 * Maps records of the server. Of equal keys one is kept: the later, or the one that the stream prefers. A record whose
 * own key is missing cannot be used.
 */
export function mapItems(
  definition: StreamDefinition,
  items: readonly JsonObject[],
  place: Place,
  group: string | null,
): Mapped {
  const { reading, key } = definition;
  const toColumns = mappingOf(definition);
  const { explode, prefer } = reading;
  const found = new Map<string, StreamRecord>();
  let unusable = 0;
  for (const item of items) {
    for (const one of explode === undefined ? [item] : explode(item, place)) {
      const data = toColumns(one, place);
      const own = key.at(-1);
      if (own === undefined || data[own] === undefined) {
        unusable += 1;
        continue;
      }
      const text = keyText(key.map((column) => data[column]));
      const parent = parentOf(reading.parent, data, place);
      const before = found.get(text);
      const isWorse =
        prefer !== undefined && before !== undefined && Number(before.data[prefer]) > Number(data[prefer]);
      if (!isWorse) found.set(text, { key: text, group, parent, data });
    }
  }
  return { records: [...found.values()], unusable };
}

function parentOf(columns: readonly string[] | undefined, data: JsonObject, place: Place): string | null {
  if (columns === undefined) return null;
  return parentText(place, ...columns.map((column) => data[column]));
}

/** The text that names a parent: the repository's id, if any, and the parent's own. */
export function parentText(place: Place, ...own: readonly unknown[]): string {
  const repository = place.repositoryId === undefined ? [] : [place.repositoryId];
  return keyText([...repository, ...own.map(String)]);
}
