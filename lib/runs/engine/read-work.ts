import "server-only";
import { openSource, readerOf } from "@/lib/connectors/sources";
import { findStream } from "@/lib/connectors/stream-catalogues";
import { addFindParts, closePass, forgetSeen } from "./finish";
import { runLane } from "./lane";
import { PartQueue } from "./parts";
import { prepareRun } from "./prepare";
import type { ReadingSlice } from "./read-part";
import type { Reading } from "./reading";
import { bothLanes, type RunWork, workOf } from "./run-slice";
import type { SliceEnd } from "./slice";

/** The connectors' own way to read. */
const connectors: Reading = {
  readerOf,
  openSource,
  isSnapshot: (kind, stream) => findStream(kind, stream)?.mode === "snapshot",
};

/** The work of a source's run: reads part after part, then closes the pass. */
export function readingWork(reading: Reading = connectors): RunWork {
  return workOf({
    prepare: (db, run) => prepareRun(db, run, reading),
    queueOf: ({ db }, { run }) => new PartQueue(db, run, run.mode === "new"),
    cancelEndsCalls: true,
    work: readToEnd,
    afterEnd: async (db, { run }, { state }) => {
      if (state === "succeeded" || state === "incomplete") await forgetSeen(db, run.passId);
    },
  });
}

/** Reads until the slice ends or no part is left; `over` if the pass is closed. */
async function readToEnd(slice: ReadingSlice): Promise<SliceEnd> {
  const { db, timing } = slice.engine;
  const { prepared } = slice;
  for (;;) {
    await bothLanes(slice, runLane);
    if (slice.end) return slice.end;
    if ((await addFindParts(db, prepared, timing.leaseMs)) > 0) continue;
    const end = await closePass(db, prepared, timing.leaseMs);
    // Another look, should both lanes have ended before the last part.
    return end ? { kind: "over", end } : { kind: "turn", waitMs: 0 };
  }
}
