import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import {
  credentialGrants,
  credentials,
  endpointGrants,
  endpoints,
  teamMembers,
  teams,
} from "@/drizzle/schema";
import { rowsOf } from "@/lib/db/rows";
import type { Tx } from "@/lib/db/types";

/**
 * The users who hear of a credential, by current rights: its owner, its administrators, and those who own a source or
 * destination that uses it and may still see it.
 */
export function hearersOfCredential(tx: Tx, credentialId: string): Promise<string[]> {
  return idsOf(tx, sql`select id from (${hearers(sql`${credentials.id} = ${credentialId}`)}) as told`);
}

/** The users who hear of any credential of this server, each once. */
export function hearersOfServer(tx: Tx, serverId: string): Promise<string[]> {
  return idsOf(tx, sql`select id from (${hearers(sql`${credentials.serverId} = ${serverId}`)}) as told`);
}

/** The users who hear of a source or destination: its owner and its administrators. */
export function hearersOfEndpoint(tx: Tx, endpointId: string): Promise<string[]> {
  return idsOf(
    tx,
    sql`select ${endpoints.ownerId} as id from ${endpoints} where ${endpoints.id} = ${endpointId}
      union select coalesce(${endpointGrants.userId}, ${teamMembers.userId})
      from ${endpointGrants} left join ${teamMembers} on ${membersOf(sql`${endpointGrants.teamId}`)}
      where ${endpointGrants.endpointId} = ${endpointId} and ${endpointGrants.endedAt} is null
        and ${endpointGrants.role} = 'administrator'`,
  );
}

/** What a message is about: exactly one of the three. */
export type About =
  | { readonly credentialId: string }
  | { readonly endpointId: string }
  | { readonly serverId: string };

/** The users who hear of what a message is about, by current rights. */
export function hearersOf(tx: Tx, about: About): Promise<string[]> {
  if ("credentialId" in about) return hearersOfCredential(tx, about.credentialId);
  return "endpointId" in about
    ? hearersOfEndpoint(tx, about.endpointId)
    : hearersOfServer(tx, about.serverId);
}

/** The teams that hear of what a message is about: it, or a credential of the server, is shared with them now. */
export function teamsHearingOf(tx: Tx, about: About): Promise<string[]> {
  if ("endpointId" in about) {
    const isMeant = sql`${endpointGrants.endpointId} = ${about.endpointId} and ${endpointGrants.endedAt} is null`;
    return idsOf(tx, sql`select ${endpointGrants.teamId} as id from ${endpointGrants} where ${isMeant}`);
  }
  const isMeant =
    "credentialId" in about
      ? sql`${credentials.id} = ${about.credentialId}`
      : sql`${credentials.serverId} = ${about.serverId}`;
  return idsOf(
    tx,
    sql`select distinct ${credentialGrants.teamId} as id from ${credentials}
      join ${credentialGrants} on ${credentialGrants.credentialId} = ${credentials.id}
        and ${credentialGrants.endedAt} is null
      where ${isMeant}`,
  );
}

/** The owners of a team, disabled accounts included. */
export function ownersOfTeam(tx: Tx, teamId: string): Promise<string[]> {
  return idsOf(
    tx,
    sql`select ${teamMembers.userId} as id from ${teamMembers}
      where ${membersOf(sql`${teamId}`)} and ${teamMembers.role} = 'owner'`,
  );
}

/** A team's id and name, as messages to its owners hold them. The caller has locked the team, so that it is there. */
export async function teamNamed(tx: Tx, id: string): Promise<{ id: string; name: string }> {
  const [team] = await tx.select({ id: teams.id, name: teams.name }).from(teams).where(eq(teams.id, id));
  if (!team) throw new Error("the team of a message is gone");
  return team;
}

/** The users who may see a credential, source or destination: its owner, and the grantees of active grants. */
export function seersOf(tx: Tx, kind: "credential" | "endpoint", id: string): Promise<string[]> {
  const [items, grants, onIt] =
    kind === "credential"
      ? ([credentials, credentialGrants, credentialGrants.credentialId] as const)
      : ([endpoints, endpointGrants, endpointGrants.endpointId] as const);
  return idsOf(
    tx,
    sql`select ${items.ownerId} as id from ${items} where ${items.id} = ${id}
      union select coalesce(${grants.userId}, ${teamMembers.userId})
      from ${grants} left join ${teamMembers} on ${membersOf(sql`${grants.teamId}`)}
      where ${onIt} = ${id} and ${grants.endedAt} is null`,
  );
}

/** The members of a team, disabled accounts included. */
export function membersOfTeam(tx: Tx, teamId: string): Promise<string[]> {
  return idsOf(
    tx,
    sql`select ${teamMembers.userId} as id from ${teamMembers} where ${membersOf(sql`${teamId}`)}`,
  );
}

function hearers(isMeant: SQL): SQL {
  const grantee = sql`coalesce(${credentialGrants.userId}, ${teamMembers.userId})`;
  const granted = sql`from ${credentials}
    join ${credentialGrants} on ${credentialGrants.credentialId} = ${credentials.id}
      and ${credentialGrants.endedAt} is null
    left join ${teamMembers} on ${membersOf(sql`${credentialGrants.teamId}`)}`;
  return sql`select ${credentials.ownerId} as id from ${credentials} where ${isMeant}
    union select ${grantee} ${granted} where ${isMeant} and ${credentialGrants.role} = 'administrator'
    union select ${endpoints.ownerId} ${granted}
      join ${endpoints} on ${endpoints.credentialId} = ${credentials.id} and ${endpoints.ownerId} = ${grantee}
      where ${isMeant}`;
}

function membersOf(teamId: SQL): SQL {
  return sql`${teamMembers.teamId} = ${teamId} and ${teamMembers.endedAt} is null`;
}

async function idsOf(tx: Tx, statement: SQL): Promise<string[]> {
  // A team without members leaves a row without a user, and a grant to a user one without a team.
  const rows = await rowsOf(tx, sql`select id from (${statement}) as found where id is not null`);
  return rows.map(({ id }) => String(id));
}
