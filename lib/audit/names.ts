import "server-only";
import { and, inArray, or, type SQL } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { z } from "zod";
import { credentials, endpoints, servers, teams, users } from "@/drizzle/schema";
import { contains } from "@/lib/db/contains";
import type { Db } from "@/lib/db/types";

// A name with more matches than this does not narrow a search.
const mostFound = 100;

/** The credentials and endpoints whose names a reader may know; without a condition, all of them. */
export type Seen = { readonly credentials?: SQL; readonly endpoints?: SQL };

/** The current names of users and items, by id; deleted or hidden ones have none. */
export async function namesOf(
  db: Db,
  ids: readonly string[],
  seen: Seen = {},
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const found = await unionAll(
    db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, wanted)),
    db
      .select({ id: credentials.id, name: credentials.name })
      .from(credentials)
      .where(and(inArray(credentials.id, wanted), seen.credentials)),
    db
      .select({ id: endpoints.id, name: endpoints.name })
      .from(endpoints)
      .where(and(inArray(endpoints.id, wanted), seen.endpoints)),
    db.select({ id: teams.id, name: teams.name }).from(teams).where(inArray(teams.id, wanted)),
    db.select({ id: servers.id, name: servers.baseUrl }).from(servers).where(inArray(servers.id, wanted)),
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** The users that a filter matches: by id, or by a part of their name or email. */
export async function findUsersByText(db: Db, text: string): Promise<string[]> {
  if (z.guid().safeParse(text).success) return [text];
  const found = await db
    .select({ id: users.id })
    .from(users)
    .where(or(contains(users.name, text), contains(users.email, text)))
    .limit(mostFound);
  return found.map(({ id }) => id);
}

/** The items that a filter matches: by id, or by a part of their current name. */
export async function findThings(db: Db, text: string): Promise<string[]> {
  if (z.guid().safeParse(text).success) return [text];
  const found = await unionAll(
    db
      .select({ id: users.id })
      .from(users)
      .where(or(contains(users.name, text), contains(users.email, text))),
    db.select({ id: credentials.id }).from(credentials).where(contains(credentials.name, text)),
    db.select({ id: endpoints.id }).from(endpoints).where(contains(endpoints.name, text)),
    db.select({ id: teams.id }).from(teams).where(contains(teams.name, text)),
    db.select({ id: servers.id }).from(servers).where(contains(servers.baseUrl, text)),
  ).limit(mostFound);
  return found.map(({ id }) => id);
}
