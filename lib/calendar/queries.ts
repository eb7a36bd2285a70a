import "server-only";
import { eq } from "drizzle-orm";
import { calendars } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { endingsOf } from "@/lib/overview/needs";
import { listToldCredentials } from "@/lib/overview/queries";
import { listRequests } from "@/lib/overview/requests";
import type { Ending } from "@/lib/overview/types";

/** The actor's calendar address, without its token. Instants are ISO 8601. */
export type OwnCalendar = { readonly madeAt: string; readonly readAt: string | null };

/** The actor's calendar address; null without one. */
export async function findCalendar(db: Db, actor: Actor): Promise<OwnCalendar | null> {
  const { madeAt, readAt } = calendars;
  const [row] = await db.select({ madeAt, readAt }).from(calendars).where(eq(calendars.userId, actor.userId));
  return row ? { madeAt: row.madeAt.toISOString(), readAt: row.readAt?.toISOString() ?? null } : null;
}

/** What ends within 90 days of what the actor sees: API keys and certificates, as on the start page. */
export async function listEndings(db: Db, actor: Actor, now: Date): Promise<Ending[]> {
  // Only what ends is used; of each other kind one is the least that these lists read.
  const [credentials, requests] = await Promise.all([
    listToldCredentials(db, actor, 1),
    listRequests(db, actor, mostCertificates),
  ]);
  return endingsOf({ credentials, requests }, now.toISOString());
}

const mostCertificates = 100;
