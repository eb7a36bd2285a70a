import { warnAheadMs } from "@/lib/connectors/bitbucket-server/warn-ahead";
import type { CredentialTile } from "./types";

const dayMs = 24 * 60 * 60 * 1000;

/** How many days before a key's end lists and pages begin to say so. */
export const endsSoonDays = warnAheadMs.key / dayMs;

/** A credential that no run has used for more days than that is listed as idle. */
export const idleDays = 90;

/** True if the last use, at this instant (ISO 8601), is that long ago. */
export function isIdle(lastUsedAt: string, now: string): boolean {
  return dayOf(Date.parse(now)) - dayOf(Date.parse(lastUsedAt)) > idleDays;
}

/** What a credential's status depends on. */
export type Judged = Pick<CredentialTile, "status" | "isSuspended"> &
  Partial<Pick<CredentialTile, "keyEndsAt">>;

/** Why nobody can sign in with a credential now; null if nothing is known against it. */
export type Unusable = "suspended" | "rejected" | "locked" | "ended";

/** Why nobody can sign in with it at `now` (ISO 8601): the strongest reason that is known. */
export function unusableAs({ status, isSuspended, keyEndsAt = null }: Judged, now: string): Unusable | null {
  if (isSuspended) return "suspended";
  if (status === "rejected" || status === "locked") return status;
  return keyEndsAt !== null && Date.parse(keyEndsAt) <= Date.parse(now) ? "ended" : null;
}

/** True from 30 days before the key's end until then. */
export function endsSoon({ keyEndsAt }: Pick<CredentialTile, "keyEndsAt">, now: string): boolean {
  if (keyEndsAt === null) return false;
  const leftMs = Date.parse(keyEndsAt) - Date.parse(now);
  return leftMs > 0 && leftMs < warnAheadMs.key;
}

/**
 * The end of something that is still valid, such as "ends in 20 days": by calendar days in UTC, as Bitbucket names no time
 * zone.
 */
export function endInWords(endsAt: string, now: string): string {
  const days = dayOf(Date.parse(lastDayOf(endsAt))) - dayOf(Date.parse(now));
  if (days < 0) return "ended";
  if (days === 0) return "ends today";
  return days === 1 ? "ends tomorrow" : `ends in ${days} days`;
}

/** The last day (an ISO date, in UTC) of something that ends at this instant (ISO 8601). */
export function lastDayOf(endsAt: string): string {
  return new Date(Date.parse(endsAt) - 1).toISOString().slice(0, 10);
}

function dayOf(ms: number): number {
  return Math.floor(ms / dayMs);
}
