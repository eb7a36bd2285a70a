import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { and, eq, exists, gt, gte, inArray, isNull, lt, ne, type SQL, sql } from "drizzle-orm";
import { messages, notices, sessions, users } from "@/drizzle/schema";
import { databaseFaultOf } from "@/lib/db/fault";
import { preparedOnce } from "@/lib/db/prepared";
import type { Db, Tx } from "@/lib/db/types";
import { log } from "@/lib/log";

/** The longest life of a session, in seconds. */
export const sessionMaxAgeSeconds = 12 * 60 * 60;
const idleLimitMs = 30 * 60 * 1000;
// Every request reads the session; only the first in a minute writes to it.
const touchIntervalMs = 60 * 1000;
const endedKeptDays = 30;

/** An active session and its user, as the session gate needs them. */
export type LiveSession = {
  readonly id: string;
  readonly user: { id: string; name: string; email: string; role: "administrator" | "member" };
};

/** A session as each request reads it, with what its pages' frame needs. */
export type ReadSession = LiveSession & {
  readonly hasNotices: boolean;
  /** At most `unreadCounted`. */
  readonly unreadMessages: number;
};

/** Unread messages are counted so far: the header shows 99+. */
const unreadCounted = 100;

type Opening = {
  readonly browser?: string | null | undefined;
  /** The token of this browser's previous session, which ends. */
  readonly sessionToken?: string | null | undefined;
  readonly now?: Date;
};

/** Opens a session under a new id and returns its token, which is not stored: the table holds a hash. */
export async function openSession(
  db: Db | Tx,
  userId: string,
  { browser = null, sessionToken, now = new Date() }: Opening = {},
): Promise<string> {
  if (sessionToken) {
    const replaced = and(eq(sessions.tokenHash, hashToken(sessionToken)), isNull(sessions.revokedAt));
    await db.update(sessions).set({ revokedAt: now }).where(replaced);
  }
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + sessionMaxAgeSeconds * 1000);
  await db
    .insert(sessions)
    .values({ tokenHash: hashToken(token), userId, browser, createdAt: now, seenAt: now, expiresAt });
  return token;
}

/** The session of `token` if it is neither revoked, expired nor idle for 30 minutes and its user is not disabled; else null. */
export async function findLiveSession(db: Db, token: string, now = new Date()): Promise<ReadSession | null> {
  const [row] = await preparedFor(db).execute({
    tokenHash: hashToken(token),
    now,
    idleSince: new Date(now.getTime() - idleLimitMs),
  });
  if (!row) return null;
  const idleMs = now.getTime() - row.seenAt.getTime();
  if (idleMs > touchIntervalMs) await touch(db, row.id, now);
  const { id, hasNotices, unreadMessages, userId, name, email, role } = row;
  return { id, hasNotices, unreadMessages, user: { id: userId, name, email, role } };
}

// Every request reads the session.
const preparedFor = preparedOnce((db) => {
  const unread = db
    .select({ id: notices.id })
    .from(notices)
    .where(and(eq(notices.userId, users.id), isNull(notices.seenAt)));
  const unreadMessages = db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.userId, users.id), isNull(messages.readAt), messages.isInInbox))
    .limit(unreadCounted)
    .as("unread_messages");
  return db
    .select({
      id: sessions.id,
      seenAt: sessions.seenAt,
      userId: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      hasNotices: sql<boolean>`${exists(unread)}`,
      unreadMessages: sql<number>`(select count(*)::int from ${unreadMessages})`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.tokenHash, sql.placeholder("tokenHash")),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql.placeholder("now")),
        gte(sessions.seenAt, sql.placeholder("idleSince")),
        isNull(users.disabledAt),
      ),
    )
    .limit(1)
    .prepare("live_session");
});

// Users can still read on a read-only database: their session then ends after half an hour.
async function touch(db: Db, sessionId: string, now: Date): Promise<void> {
  try {
    await db.update(sessions).set({ seenAt: now }).where(eq(sessions.id, sessionId));
  } catch (error) {
    const fault = databaseFaultOf(error);
    if (fault === null || fault === "unavailable") throw error;
    log().warn({ err: error, fault }, "a session's last use could not be kept");
  }
}

/** The condition for sessions that still give access, as in `findLiveSession`. */
export function isLive(now = new Date()): SQL | undefined {
  return and(
    isNull(sessions.revokedAt),
    gt(sessions.expiresAt, now),
    gte(sessions.seenAt, new Date(now.getTime() - idleLimitMs)),
  );
}

/** Ends one session for good; its cookie is worthless from the next request on. */
export async function revokeSession(db: Db | Tx, sessionId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: new Date() })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)));
}

/** Ends all active sessions of a user, except `keep` if given; returns how many. */
export async function revokeSessionsOf(
  tx: Tx,
  userId: string,
  keep?: string,
  at = new Date(),
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: at })
    .where(and(eq(sessions.userId, userId), isLive(), keep ? ne(sessions.id, keep) : undefined))
    .returning({ id: sessions.id });
  return ended.length;
}

/** Undoes `revokeSessionsOf` of that instant; returns how many sessions live again. */
export async function restoreSessionsOf(tx: Tx, userId: string, at: Date): Promise<number> {
  const restored = await tx
    .update(sessions)
    .set({ revokedAt: null })
    .where(and(eq(sessions.userId, userId), eq(sessions.revokedAt, at)))
    .returning({ id: sessions.id });
  return restored.length;
}

/** Deletes at most `limit` sessions that ended 30 days ago or earlier, and returns how many. The audit log still records them. */
export async function forgetEndedSessions(db: Db, limit: number): Promise<number> {
  // Uses the end that each session had from its beginning, even if it was ended sooner.
  const old = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(lt(sessions.expiresAt, sql`clock_timestamp() - ${endedKeptDays} * interval '1 day'`))
    .orderBy(sessions.expiresAt)
    .limit(limit);
  const gone = await db.delete(sessions).where(inArray(sessions.id, old)).returning({ id: sessions.id });
  return gone.length;
}

// The token is 256 random bits, so a plain hash is enough: guessing is hopeless.
function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
