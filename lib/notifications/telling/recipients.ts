import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { credentialGrants, credentials, endpointGrants, endpoints, teamMembers } from "@/drizzle/schema";
import { rowsOf } from "@/lib/db/rows";
import type { Tx } from "@/lib/db/types";

/**
 * The users who hear of a credential, by current rights: its owner, its administrators, and those who own a source or
 * destination that uses it and may still see it.
 */
export function hearersOfCredential(tx: Tx, credentialId: string): Promise<string[]> {
  return idsOf(tx, sql`select user_id from (${hearers(sql`${credentials.id} = ${credentialId}`)}) as told`);
}

/** The users who hear of any credential of this server, each once. */
export function hearersOfServer(tx: Tx, serverId: string): Promise<string[]> {
  return idsOf(tx, sql`select user_id from (${hearers(sql`${credentials.serverId} = ${serverId}`)}) as told`);
}

/** The users who hear of a source or destination: its owner and its administrators. */
export function hearersOfEndpoint(tx: Tx, endpointId: string): Promise<string[]> {
  return idsOf(
    tx,
    sql`select ${endpoints.ownerId} as user_id from ${endpoints} where ${endpoints.id} = ${endpointId}
      union select coalesce(${endpointGrants.userId}, ${teamMembers.userId})
      from ${endpointGrants} left join ${teamMembers} on ${membersOf(sql`${endpointGrants.teamId}`)}
      where ${endpointGrants.endpointId} = ${endpointId} and ${endpointGrants.endedAt} is null
        and ${endpointGrants.role} = 'administrator'`,
  );
}

/** The users who may see a credential, source or destination: its owner, and the grantees of active grants. */
export function seersOf(tx: Tx, kind: "credential" | "endpoint", id: string): Promise<string[]> {
  const [items, grants, onIt] =
    kind === "credential"
      ? ([credentials, credentialGrants, credentialGrants.credentialId] as const)
      : ([endpoints, endpointGrants, endpointGrants.endpointId] as const);
  return idsOf(
    tx,
    sql`select ${items.ownerId} as user_id from ${items} where ${items.id} = ${id}
      union select coalesce(${grants.userId}, ${teamMembers.userId})
      from ${grants} left join ${teamMembers} on ${membersOf(sql`${grants.teamId}`)}
      where ${onIt} = ${id} and ${grants.endedAt} is null`,
  );
}

/** The members of a team, disabled accounts included. */
export function membersOfTeam(tx: Tx, teamId: string): Promise<string[]> {
  return idsOf(
    tx,
    sql`select ${teamMembers.userId} as user_id from ${teamMembers} where ${membersOf(sql`${teamId}`)}`,
  );
}

function hearers(isMeant: SQL): SQL {
  const grantee = sql`coalesce(${credentialGrants.userId}, ${teamMembers.userId})`;
  const granted = sql`from ${credentials}
    join ${credentialGrants} on ${credentialGrants.credentialId} = ${credentials.id}
      and ${credentialGrants.endedAt} is null
    left join ${teamMembers} on ${membersOf(sql`${credentialGrants.teamId}`)}`;
  return sql`select ${credentials.ownerId} as user_id from ${credentials} where ${isMeant}
    union select ${grantee} ${granted} where ${isMeant} and ${credentialGrants.role} = 'administrator'
    union select ${endpoints.ownerId} ${granted}
      join ${endpoints} on ${endpoints.credentialId} = ${credentials.id} and ${endpoints.ownerId} = ${grantee}
      where ${isMeant}`;
}

function membersOf(teamId: SQL): SQL {
  return sql`${teamMembers.teamId} = ${teamId} and ${teamMembers.endedAt} is null`;
}

async function idsOf(tx: Tx, statement: SQL): Promise<string[]> {
  // A team without members leaves a row without a user.
  const rows = await rowsOf(tx, sql`select user_id from (${statement}) as found where user_id is not null`);
  return rows.map(({ user_id: id }) => String(id));
}
