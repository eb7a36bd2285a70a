import "server-only";
import { createHash } from "node:crypto";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { calendars, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { currentOrigin } from "@/lib/http/origin";
import { currentRequestId } from "@/lib/http/request-id";
import { mintActor } from "./mint-actor";

/** The nil UUID (RFC 9562): a program that reads a calendar has no session, and no session has this id. */
const noSession = "00000000-0000-0000-0000-000000000000";

/** The stored hash of a calendar's token. 256 random bits: a plain hash is enough, since guessing is hopeless. */
export function hashCalendarToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/**
 * The user whose calendar has this token, to read that calendar and nothing else; null for a token that is unknown or
 * replaced, and for a disabled user. It notes, to the hour, that the calendar was read.
 */
export async function findCalendarActor(db: Db, token: string): Promise<Actor | null> {
  const isThis = eq(calendars.tokenHash, hashCalendarToken(token));
  const [user] = await db
    .select({ id: users.id, name: users.name, email: users.email, role: users.role })
    .from(calendars)
    .innerJoin(users, eq(users.id, calendars.userId))
    .where(and(isThis, isNull(users.disabledAt)));
  if (!user) return null;
  const isOld = or(isNull(calendars.readAt), lt(calendars.readAt, sql`now() - interval '1 hour'`));
  await db.update(calendars).set({ readAt: sql`now()` }).where(and(isThis, isOld));
  return mintActor({ id: noSession, user }, await currentRequestId(), await currentOrigin());
}
