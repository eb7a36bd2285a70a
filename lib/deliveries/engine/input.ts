import "server-only";
import { and, asc, eq, gt, inArray, isNull, lte } from "drizzle-orm";
import { records } from "@/drizzle/schema";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { inIndexOrder } from "@/lib/datasets/in-index-order";
import { seesSource } from "@/lib/datasets/visible";
import type { Db } from "@/lib/db/types";
import { readUploadRows, uploadRowsNumbered } from "@/lib/uploads/stored-file";
import type { PreparedDelivery } from "./prepare";

/** A record of the input. */
export type InputRecord = {
  /** Of a data set, its key; of a file, the number of its row. */
  readonly record: string;
  /** The change number, or the row's number. */
  readonly at: number;
  readonly data: JsonObject;
};

type Reader = Pick<PreparedDelivery, "owner" | "input">;

/** The next records in the order of their changes, or of the file; empty at the end, or if the owner sees none. */
export async function readInput(
  db: Db,
  { owner, input: { kind, id } }: Reader,
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<InputRecord[]> {
  if (kind === "upload") {
    const rows = await readUploadRows(db, { uploadId: id, after, until, limit });
    return rows.map(({ number, data }) => ({ at: number, record: String(number), data }));
  }
  return inIndexOrder(db, (tx) =>
    tx
      .select({ record: records.key, at: records.seq, data: records.data })
      .from(records)
      .where(
        and(
          seesSource(owner, id),
          eq(records.endpointId, id),
          gt(records.seq, after),
          lte(records.seq, until),
          isNull(records.deletedAt),
        ),
      )
      .orderBy(asc(records.seq))
      .limit(limit),
  );
}

/** These records as they are now; those that are gone, or not visible any more, are missing. */
export async function readAgain(
  db: Db,
  { owner, input: { kind, id } }: Reader,
  names: readonly string[],
): Promise<ReadonlyMap<string, JsonObject>> {
  if (names.length === 0) return new Map();
  if (kind === "upload") {
    const numbers = names.map(Number).filter((number) => Number.isSafeInteger(number));
    const rows = await uploadRowsNumbered(db, id, numbers);
    return new Map(rows.map(({ number, data }) => [String(number), data]));
  }
  const rows = await db
    .select({ key: records.key, data: records.data })
    .from(records)
    .where(
      and(
        seesSource(owner, id),
        eq(records.endpointId, id),
        inArray(records.key, [...names]),
        isNull(records.deletedAt),
      ),
    );
  return new Map(rows.map(({ key, data }) => [key, data]));
}
