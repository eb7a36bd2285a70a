import "server-only";
import type { Actor } from "@/lib/actor";
import { recordAlone } from "@/lib/audit/change";
import type { DatasetSummary, StoredRecord } from "@/lib/datasets/types";
import type { Db } from "@/lib/db/types";
import { downloadBody } from "./body";
import { chunksOf } from "./chunks";
import { downloadPages } from "./pages";
import type { DownloadFormat, DownloadRequest } from "./request";

type Download = {
  readonly dataset: DatasetSummary;
  readonly format: DownloadFormat;
  readonly request: DownloadRequest;
};

/** The bytes of a data set's download. It ends cleanly only once recorded; what was sent of an aborted one is, too. */
export function downloadStream(db: Db, actor: Actor, download: Download): ReadableStream<Uint8Array> {
  return downloadBody(recordedChunks(db, actor, download), actor, { sourceId: download.dataset.sourceId });
}

async function* recordedChunks(
  db: Db,
  actor: Actor,
  { dataset, format, request }: Download,
): AsyncGenerator<Uint8Array, undefined> {
  const { sourceId, name, newest } = dataset;
  const { after, hasDeleted } = request;
  const sent = { records: 0, isComplete: false };
  const pages = downloadPages(
    db,
    actor,
    sourceId,
    after === null ? { by: "key", after: "", hasDeleted } : { by: "change", after, until: newest },
  );
  try {
    yield* chunksOf(format, dataset, request, counted(pages, sent));
    sent.isComplete = true;
  } finally {
    // Counts, never contents. Before the clean end: if it cannot be recorded, the client sees a broken download.
    await recordAlone(db, actor, {
      event: "dataset.downloaded",
      subjectId: sourceId,
      details: { name, format, after, ...sent },
    });
  }
  return undefined;
}

async function* counted(pages: AsyncIterable<readonly StoredRecord[]>, sent: { records: number }) {
  for await (const page of pages) {
    sent.records += page.length;
    yield page;
  }
}
