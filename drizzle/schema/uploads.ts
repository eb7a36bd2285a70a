import { bigint, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { JsonObject } from "../../lib/connectors/stream-reader";
import type { Column } from "../../lib/connectors/streams";
import { users } from "./users";

export const uploadFormats = ["ndjson", "csv", "json"] as const;

/** What a person should know of a file that was taken. */
export type UploadNotes = {
  /** Of CSV: what stands between cells. */
  readonly separator: "," | ";" | "tab" | null;
  /** Texts that a spreadsheet would take for a formula. */
  readonly formulas: number;
};

/** Why a file was refused: in one sentence, and at its lines. Never with the file's contents. */
export type UploadRefusal = {
  readonly message: string;
  readonly lines: readonly { readonly line: number; readonly message: string }[];
};

/** Files with records for a destination. A file is stored whole and right, or not at all. */
export const uploads = pgTable("uploads", {
  id: uuid().primaryKey(),
  ownerId: uuid()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  name: text().notNull(),
  format: text({ enum: uploadFormats }).notNull(),
  bytes: bigint({ mode: "number" }).notNull(),
  records: integer().notNull().default(0),
  // In the file's order.
  columns: jsonb().$type<readonly Column[]>().notNull().default([]),
  notes: jsonb().$type<UploadNotes>(),
  // Of a file that was not taken. Kept for its owner to read.
  refusal: jsonb().$type<UploadRefusal>(),
  // Null while it is being received, and if it was refused: such a file is nobody's input, and is forgotten.
  completedAt: timestamp({ withTimezone: true, precision: 3 }),
  createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
});

export const uploadRows = pgTable(
  "upload_rows",
  {
    uploadId: uuid()
      .notNull()
      .references(() => uploads.id, { onDelete: "cascade" }),
    // From 1, in the file's order.
    number: integer().notNull(),
    // Where it begins in the file, from 1.
    line: integer().notNull(),
    data: jsonb().$type<JsonObject>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.uploadId, table.number] })],
);
