import "server-only";
import { failureReasonOf, isKnownAsRefused, recordRefusedReading } from "@/lib/credentials/reading";
import { slotsPerServer } from "@/lib/server-shares/slots";
import { failedAs } from "./fence";
import type { AnySlice } from "./slice";

/**
 * Ends a slice whose sign-in the server refused. Called when the answer arrives: from then on this process sends
 * nothing with that sign-in, other processes nothing once it is recorded, which is the first thing done. The other
 * lane's call may have been under way and be refused, too; the slice records one of them.
 */
export async function stopAsRefused(slice: AnySlice, reason: string): Promise<void> {
  const { ready, owner } = slice.prepared;
  if (slice.isRefused) return;
  slice.isRefused = true;
  const failure = failureReasonOf(reason) ?? "SECRET_REJECTED";
  const facts = { kind: ready.stored.target.kind, scheme: ready.shape.scheme, failure };
  const recording = recordRefusedReading(slice.engine.db, owner, ready, failure);
  const isOver = slice.end?.kind === "over" || slice.end?.kind === "lost";
  if (!isOver) slice.end = { kind: "over", end: { ...failedAs("credential-refused"), facts } };
  slice.queue.look();
  const { isKept } = await recording;
  // The secret was replaced meanwhile, or the right ended: the next slice finds out which.
  if (!isKept && !isOver) slice.end = { kind: "turn", waitMs: 0 };
}

/**
 * False, and the slice ends, if the server has refused the sign-in since the slice began: in this process, or in
 * another one as far as the database knows. The next slice then finds it refused, or replaced. To be asked once a slot
 * is taken, and before each call.
 */
export async function maySignIn(slice: AnySlice): Promise<boolean> {
  const { engine, prepared } = slice;
  const { ready } = prepared;
  const isKnown = isSharedWithOthers(slice) && (await isKnownAsRefused(engine.db, ready));
  if (isKnown || ready.isRefused()) slice.finish({ kind: "turn", waitMs: 0 });
  return !slice.isEnding();
}

// Another process sends only with a slot of the server, and not at all with the embedded database.
function isSharedWithOthers({ engine, slots }: AnySlice): boolean {
  return !engine.isEmbedded && slots.size < slotsPerServer;
}
