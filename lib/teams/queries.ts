import "server-only";
import { and, asc, eq, isNull, not, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import {
  credentialGrants,
  credentials,
  endpointGrants,
  endpoints,
  teamMembers,
  teamProposals,
  teams,
  users,
} from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { assertAdministrator } from "@/lib/auth/administrators";
import { reachableBy, visibleTo as seesCredential } from "@/lib/credentials/visibility";
import { contains } from "@/lib/db/contains";
import { byName } from "@/lib/db/name-order";
import type { Db, Tx } from "@/lib/db/types";
import { stopsOfTeam } from "@/lib/endpoints/stops";
import type { NamedStops } from "@/lib/endpoints/types";
import { visibleTo as seesEndpoint } from "@/lib/endpoints/visibility";
import { createdAtOf, inOrder, isFrom, type Page, type PageStart, readPage } from "@/lib/paging";
import { mayOnTeam, standingsOf } from "./policy";
import type { OwnProposal, Proposal, Team, TeamHoldings, TeamLoss, TeamMember, TeamSummary } from "./types";
import { joinedBy, roleOf, visibleTo } from "./visibility";

/** Teams on one page of the administrators' list. */
export const teamsPerPage = 50;
// More than any user is in, and more than any team has: the limit of pages that show all of them.
const ownTeamsShown = 200;
const membersShown = 500;
const namesShown = 1000;
const holdingsShown = 10;
const proposalsShown = 20;

/** The actor's teams, by name; with `text`, those whose name contains it. */
export async function listOwnTeams(db: Db, actor: Actor, text = ""): Promise<TeamSummary[]> {
  const rows = await selectTeams(db, actor)
    .where(and(visibleTo(actor), joinedBy(actor), nameContains(text)))
    .orderBy(byName(teams.name), asc(teams.id))
    .limit(ownTeamsShown);
  return rows.map(summaryOf);
}

function nameContains(text: string): SQL | undefined {
  return text === "" ? undefined : contains(teams.name, text);
}

/**
 * One page of all teams, newest first; with `text`, those whose name contains it. NOT_FOUND unless the actor is a
 * portal administrator.
 */
export async function listAllTeams(
  db: Db,
  actor: Actor,
  { text, start }: { text: string; start: PageStart | null },
): Promise<Page<TeamSummary>> {
  assertAdministrator(actor, "page");
  const key = [teams.createdAt, teams.id] as const;
  const read = (from: PageStart | null, limit: number) =>
    selectTeams(db, actor)
      .where(and(visibleTo(actor), nameContains(text), isFrom(from, ...key)))
      .orderBy(...inOrder(from, ...key))
      .limit(limit);
  return readPage({ start, size: teamsPerPage, read, keyOf: createdAtOf }, summaryOf);
}

/** The names of all teams, for a selection. NOT_FOUND unless the actor is a portal administrator. */
export async function listTeamNames(db: Db, actor: Actor): Promise<Pick<TeamSummary, "id" | "name">[]> {
  assertAdministrator(actor, "page");
  return db
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .where(visibleTo(actor))
    .orderBy(byName(teams.name), asc(teams.id))
    .limit(namesShown);
}

/** One team. Null for ids that are absent, malformed or not visible. */
export async function findTeam(db: Db, actor: Actor, id: string): Promise<Team | null> {
  if (!z.guid().safeParse(id).success) return null;
  const [row] = await selectTeams(db, actor).where(and(visibleTo(actor), eq(teams.id, id)));
  if (!row) return null;
  return {
    ...summaryOf(row),
    createdAt: row.createdAt.toISOString(),
    version: row.version,
    standings: standingsOf(row.role, actor.isAdministrator),
  };
}

/** A team's current members, owners first; empty for a team that the actor may not see. */
export async function listMembers(db: Db, actor: Actor, teamId: string): Promise<TeamMember[]> {
  const rows = await db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      role: teamMembers.role,
      joinedAt: teamMembers.joinedAt,
      disabledAt: users.disabledAt,
    })
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(and(visibleTo(actor), eq(teams.id, teamId), isNull(teamMembers.endedAt)))
    .orderBy(sql`${teamMembers.role} <> 'owner'`, byName(users.name), asc(users.id))
    .limit(membersShown);
  return rows.map(({ joinedAt, disabledAt, ...member }) => ({
    ...member,
    joinedAt: joinedAt.toISOString(),
    isDisabled: disabledAt !== null,
    isReader: member.userId === actor.userId,
  }));
}

/**
 * What stops if a member leaves a team, by the member's id; those for whom nothing stops are left out. Of all members for
 * actors who may remove them, else of the actor alone; empty for a team that the actor may not see.
 */
export async function listLeaveStops(
  db: Db,
  actor: Actor,
  teamId: string,
): Promise<ReadonlyMap<string, NamedStops>> {
  const team = await findTeam(db, actor, teamId);
  if (!team) return new Map();
  const stops = await stopsOfTeam(db, actor, teamId);
  if (mayOnTeam(team.standings, "removeMember")) return stops;
  return new Map([...stops].filter(([userId]) => userId === actor.userId));
}

/**
 * The credentials that members would lose with their team, those that the actor sees first; a credential to which each of
 * them has another way is left out. Empty unless the actor may delete the team.
 */
export async function listLosses(db: Db, actor: Actor, teamId: string): Promise<TeamLoss[]> {
  const team = await findTeam(db, actor, teamId);
  if (!team || !mayOnTeam(team.standings, "delete")) return [];
  const [grant, stay] = [alias(credentialGrants, "team_grant"), alias(teamMembers, "team_stay")];
  const isSeen = sql<boolean>`bool_and(${seesCredential(actor)})`;
  return db
    .select({
      credentialId: credentials.id,
      name: whole(sql<string | null>`case when ${isSeen} then ${credentials.name} end`),
      members: whole(sql<number>`count(*)::int`),
      memberNames: whole(sql<string[]>`(array_agg(${users.name} order by ${byName(users.name)}))[1:3]`),
    })
    .from(grant)
    .innerJoin(credentials, eq(credentials.id, grant.credentialId))
    .innerJoin(stay, and(eq(stay.teamId, grant.teamId), isNull(stay.endedAt)))
    .innerJoin(users, and(eq(users.id, stay.userId), isNull(users.disabledAt)))
    .where(
      and(eq(grant.teamId, teamId), isNull(grant.endedAt), not(reachableBy(sql`${stay.userId}`, teamId))),
    )
    .groupBy(credentials.id)
    .orderBy(sql`not ${isSeen}`, byName(credentials.name), asc(credentials.id))
    .limit(holdingsShown);
}

/** A team's open proposals, oldest first; empty if the actor may neither answer nor withdraw them. */
export async function listProposals(db: Db, actor: Actor, teamId: string): Promise<Proposal[]> {
  const team = await findTeam(db, actor, teamId);
  const may = (["answerProposal", "withdrawProposal"] as const).some(
    (operation) => team && mayOnTeam(team.standings, operation),
  );
  if (!may) return [];
  const rows = await selectOpenProposals(db)
    .where(and(isNull(teamProposals.endedAt), eq(teams.id, teamId)))
    .orderBy(asc(teamProposals.proposedAt), asc(teamProposals.id))
    .limit(membersShown);
  return rows.map(({ teamId: _, teamName: __, proposedAt, ...proposal }) => ({
    ...proposal,
    proposedAt: proposedAt.toISOString(),
  }));
}

/** The teams for which the actor is proposed; the actor may know their names, as every user here does. */
export async function listOwnProposals(db: Db, actor: Actor): Promise<OwnProposal[]> {
  const rows = await selectOpenProposals(db)
    .where(and(isNull(teamProposals.endedAt), eq(teamProposals.userId, actor.userId)))
    .orderBy(asc(teamProposals.proposedAt), asc(teamProposals.id))
    .limit(proposalsShown);
  return rows.map(({ id, role, teamName, proposedAt }) => ({
    id,
    role,
    teamName,
    proposedAt: proposedAt.toISOString(),
  }));
}

function selectOpenProposals(db: Db) {
  const proposer = alias(users, "proposer");
  return db
    .select({
      id: teamProposals.id,
      teamId: teams.id,
      teamName: teams.name,
      name: users.name,
      email: users.email,
      role: teamProposals.role,
      proposedByName: proposer.name,
      proposedAt: teamProposals.proposedAt,
    })
    .from(teamProposals)
    .innerJoin(teams, eq(teams.id, teamProposals.teamId))
    .innerJoin(users, eq(users.id, teamProposals.userId))
    .innerJoin(proposer, eq(proposer.id, teamProposals.proposedBy))
    .$dynamic();
}

/** What a team currently has access to, as far as the actor may see it; null if nothing, and for a team that they do not see. */
export async function getTeamHoldings(
  db: Db | Tx,
  actor: Actor,
  teamId: string,
): Promise<TeamHoldings | null> {
  const [heldCredentials, heldEndpoints] = [
    and(eq(credentialGrants.teamId, teamId), isNull(credentialGrants.endedAt)),
    and(eq(endpointGrants.teamId, teamId), isNull(endpointGrants.endedAt)),
  ];
  const [counted] = await db
    .select({
      total: sql<number>`${db.$count(credentialGrants, heldCredentials)} + ${db.$count(endpointGrants, heldEndpoints)}`,
    })
    .from(teams)
    .where(and(visibleTo(actor), eq(teams.id, teamId)));
  const total = Number(counted?.total ?? 0);
  if (total === 0) return null;
  const seenCredentials = await db
    .select({ id: credentials.id, name: credentials.name })
    .from(credentials)
    .innerJoin(credentialGrants, and(eq(credentialGrants.credentialId, credentials.id), heldCredentials))
    .where(seesCredential(actor))
    .orderBy(byName(credentials.name), asc(credentials.id))
    .limit(holdingsShown);
  const seenEndpoints = await db
    .select({ id: endpoints.id, direction: endpoints.direction, name: endpoints.name })
    .from(endpoints)
    .innerJoin(endpointGrants, and(eq(endpointGrants.endpointId, endpoints.id), heldEndpoints))
    .where(seesEndpoint(actor))
    .orderBy(byName(endpoints.name), asc(endpoints.id))
    .limit(holdingsShown);
  return {
    credentials: seenCredentials,
    endpoints: seenEndpoints,
    more: total - seenCredentials.length - seenEndpoints.length,
  };
}

function selectTeams(db: Db, actor: Actor) {
  return db
    .select({
      id: teams.id,
      name: teams.name,
      description: teams.description,
      version: teams.version,
      createdAt: teams.createdAt,
      role: roleOf(actor),
      memberCount: whole(
        sql<number>`(select count(*) from ${teamMembers}
          where ${teamMembers.teamId} = ${teams.id} and ${teamMembers.endedAt} is null)`,
      ).mapWith(Number),
    })
    .from(teams)
    .$dynamic();
}

type TeamRow = Awaited<ReturnType<typeof selectTeams>>[number];

function summaryOf({ id, name, description, role, memberCount }: TeamRow): TeamSummary {
  return { id, name, description, role, memberCount };
}
