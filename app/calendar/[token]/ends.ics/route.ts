import { findCalendarActor } from "@/lib/auth/calendar-actor";
import { feedOf } from "@/lib/calendar/feed";
import { listEndings } from "@/lib/calendar/queries";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { calendarLimit, tryConsume } from "@/lib/rate-limit";

type Context = { params: Promise<{ token: string }> };

/** The calendar at this address, for programs, which have no session. An unknown, replaced or revoked address is 404. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const db = await database();
  const actor = await findCalendarActor(db, (await params).token);
  if (!actor) return new Response(null, { status: 404 });
  const allowance = await tryConsume(db, calendarLimit, actor.userId);
  if (!allowance.ok) {
    return new Response(null, { status: 429, headers: { "Retry-After": String(allowance.seconds) } });
  }
  const now = new Date();
  const text = feedOf(await listEndings(db, actor, now), env().APP_ORIGIN, now);
  return new Response(text, { headers: { "Content-Type": "text/calendar; charset=utf-8" } });
}
