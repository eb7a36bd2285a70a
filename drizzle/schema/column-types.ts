import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, customType, text } from "drizzle-orm/pg-core";
import { connectorKinds, defaultKind } from "../../lib/connectors/kinds";

/** A binary column: `pg` returns a Buffer and PGlite a Uint8Array, so both become a Buffer. */
export const bytea = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: (value) => value,
  fromDriver: (value) => Buffer.from(value),
});

/** The connector kind of a row; rows older than this column get the default kind. */
export const connectorKind = () => text({ enum: connectorKinds }).notNull().default(defaultKind);

/** Constrains a column to known kinds: a new kind needs a migration, which drizzle-kit writes. */
export const knownKind = (name: string, column: AnyPgColumn) =>
  check(name, sql`${column} in (${sql.raw(connectorKinds.map((kind) => `'${kind}'`).join(", "))})`);

/** A name in the order of `byName`, so that an index on the column has that order. */
export const sortedName = customType<{ data: string }>({
  dataType: () => 'text collate "und-x-icu"',
});
