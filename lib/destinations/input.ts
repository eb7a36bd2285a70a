import "server-only";
import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { records } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { Column } from "@/lib/connectors/streams";
import { inIndexOrder } from "@/lib/datasets/in-index-order";
import { findDataset } from "@/lib/datasets/queries";
import { seesSource } from "@/lib/datasets/visible";
import type { Db } from "@/lib/db/types";
import type { InputRef } from "@/lib/endpoints/writing-address";
import type { MappableRecord } from "@/lib/mapping/map-record";
import { plainText } from "@/lib/mapping/plain-text";
import { findUpload } from "@/lib/uploads/queries";
import { findUploadInput, readUploadRows } from "@/lib/uploads/stored-file";
import type { ShownInput } from "./types";

/** A record of an input; `place` is where it stands in the order of sending. */
export type InputRecord = MappableRecord & { readonly place: number };

/** An input; `isStored` if it is that of a destination which the actor may edit: its file may be another user's. */
export type UsableInput = InputRef & { readonly isStored?: boolean };

/** A data set that the actor sees, or a file that the actor has uploaded; null for any other id. */
export async function findInput(db: Db, actor: Actor, ref: UsableInput): Promise<ShownInput | null> {
  if (!z.guid().safeParse(ref.id).success) return null;
  const found = ref.kind === "source" ? await findSource(db, actor, ref.id) : await findFile(db, actor, ref);
  if (!found) return null;
  const first = await readInput(db, actor, ref, { after: 0, skip: 0, limit: sampled });
  const columns = found.columns.map((column) => ({ ...column, sample: sampleOf(column, first) }));
  return { ...found, ref, columns, notes: "notes" in found ? found.notes : null };
}

type Place = { readonly after: number; readonly skip: number; readonly limit: number };

/** Records in the order of sending, without those deleted on the server; empty if the actor may not use the input. */
export async function readInput(db: Db, actor: Actor, ref: UsableInput, at: Place): Promise<InputRecord[]> {
  return ref.kind === "source" ? readSource(db, actor, ref.id, at) : readFile(db, actor, ref, at);
}

/** So many records are looked through for a value of each column. */
const sampled = 20;
const longestSample = 60;

async function findSource(db: Db, actor: Actor, id: string) {
  const dataset = await findDataset(db, actor, id);
  return dataset && { ...dataset, stream: dataset.stream };
}

async function findFile(db: Db, actor: Actor, { id, isStored = false }: UsableInput) {
  const file = isStored ? await findUploadInput(db, id) : await findUpload(db, actor, id);
  return (
    file && { name: file.name, records: file.records, columns: file.columns, notes: file.notes, stream: null }
  );
}

function readSource(db: Db, actor: Actor, id: string, { after, skip, limit }: Place): Promise<InputRecord[]> {
  return inIndexOrder(db, (tx) =>
    tx
      .select({ place: records.seq, key: records.key, data: records.data })
      .from(records)
      .where(
        and(
          seesSource(actor, id),
          eq(records.endpointId, id),
          isNull(records.deletedAt),
          gt(records.seq, after),
        ),
      )
      .orderBy(asc(records.seq))
      .offset(skip)
      .limit(limit),
  );
}

async function readFile(db: Db, actor: Actor, input: UsableInput, at: Place): Promise<InputRecord[]> {
  if (!(await findFile(db, actor, input))) return [];
  // Rows are numbered without gaps.
  const after = at.after + at.skip;
  const rows = await readUploadRows(db, { uploadId: input.id, after, limit: at.limit });
  return rows.map(({ number, data }) => ({ place: number, key: String(number), data, matchable: false }));
}

function sampleOf({ name }: Column, found: readonly { readonly data: JsonObject }[]): string {
  for (const { data } of found) {
    const text = plainText(Object.hasOwn(data, name) ? data[name] : undefined)
      .replace(/\s+/g, " ")
      .trim();
    if (text.length > longestSample)
      return `${text.slice(0, longestSample - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
    if (text !== "") return text;
  }
  return "";
}
