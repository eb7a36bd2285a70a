import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { credentialListings, endpointListings } from "./listings";

// The whole text of each listing, in lower case, apart from it: a listing changes with each new status, and its text must
// not be indexed anew each time. Triggers keep these copies (migration 0038). They give no right.

export const credentialSearchTexts = pgTable(
  "credential_search_texts",
  { credentialId: uuid().notNull(), granteeId: uuid().notNull(), search: text().notNull() },
  (table) => [
    primaryKey({ columns: [table.credentialId, table.granteeId] }),
    foreignKey({
      name: "credential_search_texts_listing",
      columns: [table.credentialId, table.granteeId],
      foreignColumns: [credentialListings.credentialId, credentialListings.granteeId],
    }).onDelete("cascade"),
    index("credential_search_texts_keys").using("gin", searchKeys(table)).with({ fastupdate: false }),
  ],
);

export const endpointSearchTexts = pgTable(
  "endpoint_search_texts",
  { endpointId: uuid().notNull(), granteeId: uuid().notNull(), search: text().notNull() },
  (table) => [
    primaryKey({ columns: [table.endpointId, table.granteeId] }),
    foreignKey({
      name: "endpoint_search_texts_listing",
      columns: [table.endpointId, table.granteeId],
      foreignColumns: [endpointListings.endpointId, endpointListings.granteeId],
    }).onDelete("cascade"),
    index("endpoint_search_texts_keys").using("gin", searchKeys(table)).with({ fastupdate: false }),
  ],
);

// A key for each three characters in a row, different for each grantee: what others have costs a search nothing, and its
// time says nothing about it.
function searchKeys(table: Record<"granteeId" | "search", AnyPgColumn>): SQL {
  return sql`search_keys(${table.granteeId}, ${table.search})`;
}
