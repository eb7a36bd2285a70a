import { customType } from "drizzle-orm/pg-core";

/** A binary column; `pg` answers with a Buffer and PGlite with a Uint8Array, so both become a Buffer. */
export const bytea = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => "bytea",
  toDriver: (value) => value,
  fromDriver: (value) => Buffer.from(value),
});
