import "server-only";
import { and, eq, gte, type SQL, sql } from "drizzle-orm";
import { checks, credentials, type Verdict } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { dayAt, startOfDay } from "@/lib/audit/days";
import type { Db } from "@/lib/db/types";
import { credentialIdSchema } from "./schema";
import { visibleTo } from "./visibility";

/** Checks are kept this long. */
export const checkDaysShown = 30;

/** The checks of one day. */
export type CheckDay = {
  /** YYYY-MM-DD, in the zone that was asked for. */
  readonly day: string;
  /** What the worst check of the day found; null without a check. */
  readonly worst: Verdict | null;
  readonly count: number;
};

// The worst first.
const verdicts = ["rejected", "locked", "restricted", "nothing", "verified"] as const satisfies Verdict[];

/**
 * The last 30 days of a credential's checks in an IANA time zone, the newest day last, whatever secret was checked. All
 * days are empty for ids that are absent, malformed or not visible.
 */
export async function listCheckDays(
  db: Db,
  actor: Actor,
  id: string,
  { zone, now }: { zone: string; now: Date },
): Promise<CheckDay[]> {
  const days = lastDays(now, zone);
  if (!credentialIdSchema.safeParse(id).success) return days.map(withoutChecks);
  // Not by the database's own time zones, which are not always those of this process.
  const starts = days.map((one) => startOfDay(one, zone) ?? now);
  const since = starts[0] ?? now;
  const day = sql<number>`width_bucket(${checks.checkedAt}, ${arrayOf(starts)})`.as("day");
  const rank = sql`array_position(array[${sql.join(
    verdicts.map((verdict) => sql`${verdict}`),
    sql`, `,
  )}]::text[], ${checks.verdict})`;
  const rows = await db
    .select({ day, rank: sql<number>`min(${rank})::int`, count: sql<number>`count(*)::int` })
    .from(checks)
    .innerJoin(credentials, eq(credentials.id, checks.credentialId))
    .where(and(visibleTo(actor), eq(credentials.id, id), gte(checks.checkedAt, since)))
    .groupBy(sql`day`);
  const found = new Map(rows.map((row) => [row.day, row]));
  return days.map((one, index) => {
    const row = found.get(index + 1);
    return row ? { day: one, worst: verdicts[row.rank - 1] ?? null, count: row.count } : withoutChecks(one);
  });
}

function arrayOf(instants: readonly Date[]): SQL {
  const texts = instants.map((instant) => sql`${instant.toISOString()}`);
  return sql`array[${sql.join(texts, sql`, `)}]::timestamptz[]`;
}

const withoutChecks = (day: string): CheckDay => ({ day, worst: null, count: 0 });

const dayMs = 24 * 60 * 60 * 1000;

// Counted back from the day's noon: a day may have 23 or 25 hours.
function lastDays(now: Date, zone: string): string[] {
  const today = startOfDay(dayAt(now, zone), zone) ?? now;
  const noon = today.getTime() + dayMs / 2;
  return Array.from({ length: checkDaysShown }, (_, back) =>
    dayAt(new Date(noon - (checkDaysShown - 1 - back) * dayMs), zone),
  );
}
