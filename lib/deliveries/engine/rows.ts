import "server-only";
import { sql } from "drizzle-orm";
import { deliveries } from "@/drizzle/schema";
import type { Problem, Values } from "@/lib/connectors/action";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { Tx } from "@/lib/db/types";
import { usedColumns } from "@/lib/mapping/columns";
import { shortenedByHash } from "@/lib/mapping/hash";
import { mapRecord } from "@/lib/mapping/map-record";
import { ledgerKeyOf } from "../ledger";
import type { PreparedDelivery } from "./prepare";

/** A record that is to be sent. */
export type PendingRow = {
  readonly number: number;
  readonly key: string;
  /** As the ledger finds it. */
  readonly ledgerKey: string;
  readonly target: string;
  readonly hash: string;
  readonly values: Values;
  readonly tries: number;
};

/** A record that was taken, as it is stored. */
export type TakenRow = PendingRow & {
  readonly record: string;
  readonly input: JsonObject;
  readonly state: "pending" | "already" | "skipped";
  readonly problems: readonly Problem[];
  readonly answer: JsonObject | null;
};

/** The database's index takes no longer keys. */
const longestKey = 500;

/** A record with its values, or why it has none. */
export function rowFor(
  {
    catalogue,
    action,
    settings,
    input,
  }: Pick<PreparedDelivery, "catalogue" | "action" | "settings" | "input">,
  { record, data }: { readonly record: string; readonly data: JsonObject },
  number: number,
): TakenRow {
  const matchable = input.kind === "source";
  const mapped = mapRecord(catalogue, action, settings, { key: record, data, matchable });
  const key = shortenedByHash(mapped.matchKey, longestKey);
  const used = usedColumns(settings).flatMap((name) =>
    Object.hasOwn(data, name) ? [[name, data[name]]] : [],
  );
  const row = { number, record, key, ledgerKey: ledgerKeyOf(key), input: Object.fromEntries(used), tries: 0 };
  if (!mapped.ok) {
    const nothing = { target: "", hash: "", values: {}, answer: null };
    return { ...row, ...nothing, state: "skipped", problems: mapped.problems };
  }
  const { target, hash, values } = mapped;
  return { ...row, target, hash, values, state: "pending", problems: [], answer: null };
}

/** Stores taken records in one statement. */
export async function insertRows(tx: Tx, runId: string, rows: readonly TakenRow[]): Promise<void> {
  if (rows.length === 0) return;
  const given = rows.map(({ ledgerKey: _, tries: __, ...row }) => row);
  await tx.execute(
    sql`insert into ${deliveries}
        (run_id, number, key, record, target, state, hash, values, input, problems, answer, at)
      select ${runId}::uuid, number, key, record, target, state, decode(hash, 'hex'), "values", input, problems,
        answer, case when state = 'pending' then null else clock_timestamp() end
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (number int, key text, record text,
        target text, state text, hash text, "values" jsonb, input jsonb, problems jsonb, answer jsonb)`,
  );
}
