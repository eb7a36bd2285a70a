import "server-only";
import { desc, eq, sql } from "drizzle-orm";
import { credentials, endpoints, servers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { listedFor } from "@/lib/credentials/listed";
import { isVisibleTo as isCredentialVisible } from "@/lib/credentials/visibility";
import type { Db } from "@/lib/db/types";
import { listedEndpoints } from "@/lib/endpoints/listed";
import { isVisibleTo as isEndpointVisible } from "@/lib/endpoints/visibility";
import { credentialPath, type Direction, endpointPath } from "@/lib/paths";
import { canManageServers } from "@/lib/servers/policy";
import { listServers } from "@/lib/servers/queries";
import { certificatePath } from "@/lib/servers/schema";
import { listOwnTeams } from "@/lib/teams/queries";
import { searchSchema } from "@/lib/text/search";
import { listUsers } from "@/lib/users/queries";
import { type Found, foundOfEach } from "./types";

/**
 * Everything that the actor may see and whose name, description or address contains `typed`: credentials, sources,
 * destinations, own teams; for portal administrators also servers and users. The newest six of each; nothing for an empty
 * text or an API key.
 */
export async function findAnything(db: Db, actor: Actor, typed: string): Promise<Found[]> {
  const text = searchSchema.parse(typed);
  if (text === "") return [];
  const found = await Promise.all([
    findCredentials(db, actor, text),
    findEndpoints(db, actor, "source", text),
    findEndpoints(db, actor, "destination", text),
    findTeams(db, actor, text),
    ...(canManageServers(actor) ? [findServers(db, actor, text), findUsers(db, actor, text)] : []),
  ]);
  return found.flatMap((ofKind) => ofKind.slice(0, foundOfEach));
}

async function findCredentials(db: Db, actor: Actor, q: string): Promise<Found[]> {
  const rows = await db
    .select({ id: credentials.id, name: credentials.name, about: servers.baseUrl })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(
      listedFor(actor, { group: { kind: "all" }, q }, { limit: foundOfEach }),
      sql`listed.id = ${credentials.id}`,
    )
    .where(isCredentialVisible(actor))
    .orderBy(desc(credentials.createdAt), desc(credentials.id));
  return rows.map(({ id, ...row }) => ({ kind: "credential", ...row, href: credentialPath(id) }));
}

async function findEndpoints(db: Db, actor: Actor, direction: Direction, q: string): Promise<Found[]> {
  const rows = await db
    .select({ id: endpoints.id, name: endpoints.name, about: endpoints.description })
    .from(endpoints)
    .innerJoin(
      listedEndpoints(actor, { direction, q }, { limit: foundOfEach }),
      sql`listed.id = ${endpoints.id}`,
    )
    .where(isEndpointVisible(actor))
    .orderBy(desc(endpoints.createdAt), desc(endpoints.id));
  return rows.map(({ id, ...row }) => ({ kind: direction, ...row, href: endpointPath(direction, id) }));
}

async function findTeams(db: Db, actor: Actor, text: string): Promise<Found[]> {
  const teams = await listOwnTeams(db, actor, text);
  return teams.map(({ id, name, description }) => ({
    ...{ kind: "team", name, about: description, href: `/teams/${id}` },
  }));
}

async function findServers(db: Db, actor: Actor, text: string): Promise<Found[]> {
  const { items } = await listServers(db, actor, { text, start: null });
  return items.map(({ origin }) => ({
    ...{ kind: "server", name: origin, about: "", href: certificatePath(origin) },
  }));
}

async function findUsers(db: Db, actor: Actor, text: string): Promise<Found[]> {
  const { items } = await listUsers(db, actor, { text, start: null });
  return items.map(({ id, name, email }) => ({
    ...{ kind: "user", name, about: email, href: `/admin/users/${id}` },
  }));
}
