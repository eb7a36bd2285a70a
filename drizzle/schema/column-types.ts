import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, customType, text } from "drizzle-orm/pg-core";
import { connectorKinds, defaultKind } from "../../lib/connectors/kinds";

/** A binary column; `pg` answers with a Buffer and PGlite with a Uint8Array, so both become a Buffer. */
export const bytea = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: (value) => value,
  fromDriver: (value) => Buffer.from(value),
});

/** The kind of system that a row belongs to; rows from before there were kinds are of the first one. */
export const connectorKind = () => text({ enum: connectorKinds }).notNull().default(defaultKind);

/** That a column names a kind that the portal knows: a new kind needs a migration, which drizzle-kit writes. */
export const knownKind = (name: string, column: AnyPgColumn) =>
  check(name, sql`${column} in (${sql.raw(connectorKinds.map((kind) => `'${kind}'`).join(", "))})`);
