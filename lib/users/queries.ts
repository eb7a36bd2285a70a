import "server-only";
import { and, asc, count, desc, eq, isNull, max, or, sql } from "drizzle-orm";
import { z } from "zod";
import { sessions, teams, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { assertAdministrator } from "@/lib/auth/administrators";
import { readEmail } from "@/lib/auth/email";
import { isLive } from "@/lib/auth/sessions";
import { beginsWith, contains } from "@/lib/db/contains";
import { byName } from "@/lib/db/name-order";
import type { Db } from "@/lib/db/types";
import { stopsOfAccount } from "@/lib/endpoints/stops";
import type { NamedStops } from "@/lib/endpoints/types";
import { createdAtOf, inOrder, isFrom, type Page, type PageStart, readPage } from "@/lib/paging";
import { searchSchema } from "@/lib/text/search";
import type { DirectoryEntry, User } from "./types";

/** Accounts on one page of the administrators' list. */
export const usersPerPage = 50;
/** The most entries that a directory search returns; a longer text narrows it down. */
export const directoryMaxLength = 8;

/**
 * One page of the portal's accounts, newest first; with `text`, only those whose name or email contains it. NOT_FOUND
 * unless the actor is a portal administrator.
 */
export async function listUsers(
  db: Db,
  actor: Actor,
  { text, start }: { text: string; start: PageStart | null },
): Promise<Page<User>> {
  assertAdministrator(actor, "page");
  const key = [users.createdAt, users.id] as const;
  const read = (from: PageStart | null, limit: number) =>
    selectUsers(db)
      .where(and(nameOrEmailContains(text), isFrom(from, ...key)))
      .orderBy(...inOrder(from, ...key))
      .limit(limit);
  return readPage({ start, size: usersPerPage, read, keyOf: createdAtOf }, userOf);
}

/**
 * What would stop if an account was disabled; null for nothing, and for a malformed id. NOT_FOUND unless the actor is a
 * portal administrator.
 */
export async function findDisableStops(db: Db, actor: Actor, id: string): Promise<NamedStops | null> {
  assertAdministrator(actor, "page");
  return z.guid().safeParse(id).success ? stopsOfAccount(db, actor, id) : null;
}

/** One account; null if it is absent or malformed. NOT_FOUND unless the actor is a portal administrator. */
export async function findUser(db: Db, actor: Actor, id: string): Promise<User | null> {
  assertAdministrator(actor, "person");
  if (!z.guid().safeParse(id).success) return null;
  const [row] = await selectUsers(db).where(eq(users.id, id));
  return row ? userOf(row) : null;
}

/**
 * Whom the actor can share with: other enabled users (by name or email) and teams (by name) that contain `text`,
 * those that begin with it first. At most eight, none for an empty text.
 */
export async function searchUsersAndTeams(db: Db, actor: Actor, text: string): Promise<DirectoryEntry[]> {
  const wanted = searchSchema.parse(text);
  if (wanted === "") return [];
  const matchingUsers = db
    .select({
      kind: sql<"person" | "team">`'person'`.as("kind"),
      id: users.id,
      name: users.name,
      email: sql<string | null>`${users.email}`.as("email"),
      begins:
        sql<boolean>`${or(beginsWith(users.name, wanted), beginsWith(users.email, emailIn(wanted)))}`.as(
          "begins",
        ),
    })
    .from(users)
    .where(and(isNull(users.disabledAt), sql`${users.id} <> ${actor.userId}`, nameOrEmailContains(wanted)));
  const named = db
    .select({
      kind: sql<"person" | "team">`'team'`.as("kind"),
      id: teams.id,
      name: teams.name,
      email: sql<string | null>`null`.as("email"),
      begins: beginsWith(teams.name, wanted).as("begins"),
    })
    .from(teams)
    .where(and(isNull(teams.deletedAt), contains(teams.name, wanted)));
  const found = matchingUsers.unionAll(named).as("found");
  const rows = await db
    .select({ kind: found.kind, id: found.id, name: found.name, email: found.email })
    .from(found)
    .orderBy(desc(found.begins), byName(found.name), asc(found.id))
    .limit(directoryMaxLength);
  return rows.map(({ kind, id, name, email }) =>
    kind === "person" ? { kind, id, name, email: email ?? "" } : { kind, id, name },
  );
}

function nameOrEmailContains(text: string) {
  return text === "" ? undefined : or(contains(users.name, text), contains(users.email, emailIn(text)));
}

/** A complete address is searched in its stored spelling. */
function emailIn(text: string): string {
  const read = readEmail(text);
  return read.ok ? read.email : text;
}

function selectUsers(db: Db) {
  const use = db
    .select({
      lastSeenAt: max(sessions.seenAt).as("last_seen_at"),
      live: sql<number>`${count()} filter (where ${isLive()})`.mapWith(Number).as("live"),
    })
    .from(sessions)
    .where(eq(sessions.userId, users.id))
    .as("use");
  return db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      createdAt: users.createdAt,
      disabledAt: users.disabledAt,
      lastSeenAt: use.lastSeenAt,
      sessions: use.live,
    })
    .from(users)
    .leftJoinLateral(use, sql`true`)
    .$dynamic();
}

type UserRow = Awaited<ReturnType<typeof selectUsers>>[number];

function userOf({ createdAt, disabledAt, lastSeenAt, sessions: live, ...user }: UserRow): User {
  return {
    ...user,
    createdAt: createdAt.toISOString(),
    disabledAt: disabledAt?.toISOString() ?? null,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    // A disabled user's sessions are useless, ended or not.
    sessions: disabledAt ? 0 : (live ?? 0),
  };
}
