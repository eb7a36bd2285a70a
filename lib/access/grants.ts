import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { teamMembers } from "@/drizzle/schema";

/** A user's id, or the column that holds one. */
export type GranteeId = string | SQL;

/** The table of grants on credentials, or on sources and destinations, or an alias of one. */
type GrantColumns = Readonly<Record<"userId" | "teamId" | "endedAt", AnyPgColumn>>;

/**
 * The teams that this user is in now, as an array: it is computed once, and a condition with it can use an index.
 * `without` leaves a team out, to ask what its end would take away.
 */
export function teamsOf(grantee: GranteeId, without?: string): SQL {
  const isLeft = without === undefined ? sql`` : sql` and ${teamMembers.teamId} <> ${without}`;
  return sql`array(select ${teamMembers.teamId} from ${teamMembers}
    where ${teamMembers.userId} = ${grantee} and ${teamMembers.endedAt} is null${isLeft})`;
}

/**
 * The active grants among `grants` that reach this user: their own, and those of every team that they are in now,
 * except the team `without`.
 */
export function grantedTo(grants: GrantColumns, grantee: GranteeId, without?: string): SQL {
  return sql`${grants.endedAt} is null
    and (${grants.userId} = ${grantee} or ${grants.teamId} = any(${teamsOf(grantee, without)}))`;
}

/**
 * An expression to select whose columns keep their table names. In a query of one table, Drizzle omits those in a
 * selected expression, and a subquery in it would then compare a column with itself.
 */
export function whole<T>(expression: SQL<T>): SQL<T> {
  return sql<T>`${expression}`;
}
