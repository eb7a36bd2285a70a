import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Part } from "./parts";
import { type ReadingSlice, readPart, type Seat } from "./read-part";
import { type Lane, leaveSeat, lookMs, takeSeat } from "./seat";

/**
 * Reads one part after the other until none is left or the slice ends. The first lane waits for a slot at the server;
 * the second one only uses a slot that nobody else needs.
 */
export async function runLane(slice: ReadingSlice, which: Lane): Promise<void> {
  const { queue } = slice;
  let seat: Seat | null = null;
  let unfinished: Part | null = null;
  const leave = async () => {
    const left = seat;
    seat = null;
    if (left) await stand(slice, left);
  };
  const hasNext = async () => {
    // The page that is being stored may bring parts, or end the reading.
    if (queue.isEmpty()) await seat?.storing;
    return queue.hasNext(slice.isEnding, leave);
  };
  try {
    while (unfinished !== null || (await hasNext())) {
      seat ??= await sit(slice, which);
      if (seat === null) {
        if (slice.isEnding()) return;
        await sleep(lookMs);
        continue;
      }
      const part: Part | null = unfinished ?? queue.take();
      if (part === null) continue;
      unfinished = null;
      const result = await readPart(slice, seat, part);
      if (typeof result === "object") {
        unfinished = result.wanted;
        await leave();
        // Whoever waits looks a few times a second: until then the slot is theirs.
        await sleep(lookMs);
        continue;
      }
      if (result === "done") continue;
      await seat.storing;
      queue.letGo(part);
      return;
    }
  } finally {
    if (unfinished) queue.letGo(unfinished);
    await leave();
  }
}

async function sit(slice: ReadingSlice, which: Lane): Promise<Seat | null> {
  const { reading } = slice.prepared;
  const seat = await takeSeat(slice, which, async (egress, target) => {
    const opened = await reading.openSource(target.kind, egress, target);
    return opened.ok ? { ok: true, connection: opened.source } : opened;
  });
  return seat && { ...seat, storing: Promise.resolve(true), isWanted: false };
}

async function stand(slice: ReadingSlice, seat: Seat): Promise<void> {
  try {
    await seat.storing;
  } finally {
    await leaveSeat(slice, seat);
  }
}
