import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from "drizzle-orm/pg-core";
import type * as schema from "@/drizzle/schema";

type Schema = typeof schema;

/** The database, PostgreSQL or embedded: the same dialect and the same type. */
export type Db = PgDatabase<PgQueryResultHKT, Schema>;

/** A running transaction on a `Db`; it is rolled back if its callback throws. */
export type Tx = PgTransaction<PgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;
