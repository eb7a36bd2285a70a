import "server-only";
import type { Actor } from "@/lib/actor";
import { recordAlone } from "@/lib/audit/change";
import { AccessEndedError, downloadBody } from "@/lib/datasets/download/body";
import { encoded } from "@/lib/datasets/download/encoded";
import type { Db } from "@/lib/db/types";
import { readDeliveries } from "@/lib/deliveries/queries";
import type { RunRef, StoredDelivery } from "@/lib/deliveries/types";
import type { DeliveriesView } from "@/lib/deliveries/view";
import { stillSeesRun } from "@/lib/deliveries/visible";
import type { DeliveryFormat } from "./formats";
import { csvHead, csvLine, jsonLine } from "./lines";

type Download = {
  readonly ref: RunRef;
  /** The destination's name, for the audit log. */
  readonly name: string;
  readonly format: DeliveryFormat;
  readonly view: DeliveriesView;
};

// Each may hold a body of 32,000 characters twice.
const perPage = 100;

/**
 * The bytes of a download of a run's records. It ends cleanly only once recorded; what was sent of an aborted one is
 * recorded, too.
 */
export function deliveriesStream(db: Db, actor: Actor, download: Download): ReadableStream<Uint8Array> {
  return downloadBody(recordedChunks(db, actor, download), actor, download.ref);
}

async function* recordedChunks(
  db: Db,
  actor: Actor,
  { ref, name, format, view }: Download,
): AsyncGenerator<Uint8Array, undefined> {
  const sent = { records: 0, isComplete: false };
  const text = format === "csv" ? { head: csvHead, lineOf: csvLine } : { lineOf: jsonLine };
  try {
    yield* encoded(pagesOf(db, actor, ref, view, sent), text);
    sent.isComplete = true;
  } finally {
    // Counts, never contents. Before the clean end: if it cannot be recorded, the client sees a broken download.
    await recordAlone(db, actor, {
      event: "deliveries.downloaded",
      subjectId: ref.endpointId,
      details: { runId: ref.runId, name, format, result: view.result, ...sent },
    });
  }
  return undefined;
}

// Rights are asked after each page and before it is handed on.
async function* pagesOf(
  db: Db,
  actor: Actor,
  ref: RunRef,
  view: DeliveriesView,
  sent: { records: number },
): AsyncGenerator<readonly StoredDelivery[]> {
  for (let after = 0; ; ) {
    const page = await readDeliveries(db, actor, ref, { view, after }, perPage);
    if (!(await stillSeesRun(db, actor, ref)))
      throw new AccessEndedError("the destination is not visible any more");
    const last = page.at(-1);
    if (!last) return;
    sent.records += page.length;
    yield page;
    if (page.length < perPage) return;
    after = last.number;
  }
}
