import "server-only";
import type { CheckEgress } from "@/lib/connectors/connector";
import type { AnswerMeaning } from "@/lib/connectors/stream-reader";
import { failureReasonOf, type ReadySignIn } from "@/lib/credentials/reading";
import { egressLimits } from "@/lib/portal/egress";
import {
  awaitServerSlot,
  giveBackServerSlot,
  type ServerSlot,
  takeServerSlot,
} from "@/lib/server-shares/slots";
import { egressPolicyFor } from "@/lib/servers/trusted-egress";
import { failedAs } from "./fence";
import { isUnreachable } from "./outage";
import { maySignIn } from "./refused";
import type { AnySlice } from "./slice";

/** How often the second lane looks for a slot that is free. */
export const lookMs = 500;

/** Each run has two lanes: the first waits for a slot at the server, the second uses one that nobody else needs. */
export type Lane = "first" | "second";

/** Something that must be closed. */
type Connection = { readonly close: () => Promise<void> };

/** A slot at the server with a connection. */
export type ServerSeat<Kept extends Connection> = { readonly slot: ServerSlot; readonly connection: Kept };

type Opened<Kept> =
  | { readonly ok: true; readonly connection: Kept }
  | { readonly ok: false; readonly meaning: Extract<AnswerMeaning, { kind: "retry" | "failed" }> };

/** Opens a connection with the run's sign-in. */
export type OpenConnection<Kept> = (
  egress: CheckEgress,
  target: ReadySignIn["stored"]["target"],
) => Promise<Opened<Kept>>;

/** Takes a slot and opens a connection; null if there is none now, or the slice ended because none can be opened. */
export async function takeSeat<Kept extends Connection>(
  slice: AnySlice,
  which: Lane,
  open: OpenConnection<Kept>,
): Promise<ServerSeat<Kept> | null> {
  const { engine, prepared, aborted } = slice;
  const { db, timing } = engine;
  const { leaseMs } = timing;
  const { stored, isRefused } = prepared.ready;
  const { target } = stored;
  const { origin } = target.baseUrl;
  const slot =
    which === "first"
      ? await awaitServerSlot(db, origin, "run", timing.slotWaitMs, { signal: aborted.signal, leaseMs })
      : await takeServerSlot(db, origin, "run", { leaseMs });
  if (!slot) {
    // Others may have more luck at their servers.
    if (which === "first") slice.finish({ kind: "turn", waitMs: lookMs });
    return null;
  }
  // Whoever had it before may have been refused, so asked before it counts as ours.
  if (!(await maySignIn(slice))) {
    await giveBackServerSlot(db, slot);
    return null;
  }
  slice.slots.add(slot);
  const egress = {
    policy: await egressPolicyFor(db, target.baseUrl),
    limits: egressLimits(),
    maySend: () => !isRefused(),
  };
  const opened = await open(egress, target);
  if (opened.ok) return { slot, connection: opened.connection };
  await giveBackServerSlot(db, slot);
  slice.slots.delete(slot);
  const { kind, reason } = opened.meaning;
  const failure = failureReasonOf(reason);
  if (kind === "retry") slice.finish({ kind: "outage", failure, isUnreachable: isUnreachable(reason) });
  else {
    const facts = { kind: target.kind, scheme: prepared.ready.shape.scheme, ...(failure ? { failure } : {}) };
    slice.finish({ kind: "over", end: { ...failedAs("server-refuses"), facts } });
  }
  return null;
}

/** Closes the connection and gives the slot back. */
export async function leaveSeat<Kept extends Connection>(
  slice: AnySlice,
  { slot, connection }: ServerSeat<Kept>,
): Promise<void> {
  slice.slots.delete(slot);
  await connection.close();
  await giveBackServerSlot(slice.engine.db, slot);
}
