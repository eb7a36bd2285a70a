import "server-only";
import type { DatasetSummary, StoredRecord } from "@/lib/datasets/types";
import { csvHead, csvLine } from "./csv";
import { encoded } from "./encoded";
import { jsonLine } from "./json";
import { parquetChunks } from "./parquet";
import type { DownloadFormat, DownloadRequest } from "./request";

type Pages = AsyncIterable<readonly StoredRecord[]>;

/** A download's bytes in its format, in small pieces. */
export function chunksOf(
  format: DownloadFormat,
  dataset: DatasetSummary,
  request: DownloadRequest,
  pages: Pages,
): AsyncGenerator<Uint8Array> {
  const { columns } = dataset;
  switch (format) {
    case "ndjson":
      return encoded(pages, { lineOf: (record) => `${jsonLine(record)}\n` });
    case "csv":
      return encoded(pages, { head: csvHead(columns), lineOf: (record) => csvLine(record, columns) });
    case "json":
      return encoded(pages, {
        head: `{"meta": ${JSON.stringify(aboutOf(dataset, request))},\n"records": [`,
        lineOf: (record, number) => `${number === 0 ? "" : ","}\n${jsonLine(record)}`,
        // The number comes last: a file with it is whole.
        foot: (count) => `\n],\n"count": ${count}}\n`,
      });
    case "parquet": {
      const about = Object.entries(aboutOf(dataset, request)).map(([name, value]) => [name, String(value)]);
      return parquetChunks(eachOf(pages), columns, Object.fromEntries(about));
    }
  }
}

function aboutOf({ sourceId, name, stream, newest }: DatasetSummary, { after, hasDeleted }: DownloadRequest) {
  return { source: sourceId, name, stream, newest, after, deleted: hasDeleted ? "include" : "leave out" };
}

async function* eachOf(pages: Pages): AsyncGenerator<StoredRecord> {
  for await (const page of pages) yield* page;
}
