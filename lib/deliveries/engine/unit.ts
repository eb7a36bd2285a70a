import type { DeliveryState } from "@/drizzle/schema";
import type { Problem } from "@/lib/connectors/action";
import type { Call, Past } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { PendingRow } from "./rows";

/** Records that are sent together; for most actions one. */
export type Unit = readonly PendingRow[];

/** A record whose intent is noted, with what the ledger knew of it before. */
export type ReadyRow = PendingRow & { readonly past: Past };

/** A unit that may be sent now. */
export type ReadyUnit = readonly ReadyRow[];

/** A record's result. */
export type Settled = {
  readonly row: PendingRow;
  readonly state: Exclude<DeliveryState, "pending" | "skipped" | "held">;
  readonly problems: readonly Problem[];
  readonly cure: string | null;
  readonly status: number | null;
  readonly answer: JsonObject | null;
  readonly requests: readonly Call[];
  readonly tries: number;
};

/** A record that was not sent. `isUnderWay`: a call may have reached the server, so its intent stays. */
export type Unsent = { readonly row: PendingRow; readonly isUnderWay: boolean; readonly tries: number };

/** What came of a lane's units, to be stored. */
export type Outcome = { readonly settled: readonly Settled[]; readonly unsent: readonly Unsent[] };

/** The past of a record whose call was lost: it is looked for before it is sent again. */
export function lostAfter(past: Past): Past {
  return { kind: "lost", answer: past.kind === "new" ? null : past.answer };
}
