import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { type credentialGrants, type endpointGrants, teamMembers } from "@/drizzle/schema";

/** A user's id, or the column that holds one. */
export type GranteeId = string | SQL;

/** The active grants among `grants` that reach this user: their own, and those of every team that they are in now. */
export function grantedTo(grants: typeof credentialGrants | typeof endpointGrants, grantee: GranteeId): SQL {
  // As an array, which is computed once and lets each half use an index; "in" would read all grants.
  return sql`${grants.endedAt} is null and (${grants.userId} = ${grantee} or ${grants.teamId} = any(array(
    select ${teamMembers.teamId} from ${teamMembers}
    where ${teamMembers.userId} = ${grantee} and ${teamMembers.endedAt} is null)))`;
}

/**
 * An expression to select whose columns keep their table names. In a query of one table, Drizzle omits those in a
 * selected expression, and a subquery in it would then compare a column with itself.
 */
export function whole<T>(expression: SQL<T>): SQL<T> {
  return sql<T>`${expression}`;
}
