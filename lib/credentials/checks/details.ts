import { type ServerSupport, supportOf } from "@/lib/connectors/bitbucket-server/server-support";
import { warnAheadMs } from "@/lib/connectors/bitbucket-server/warn-ahead";
import type { VerifiedOutcome, WarningCode } from "@/lib/connectors/types";
import type { CheckDetails, CheckRecord, KeyEnd, LatestCheckDetails, SignInMethod } from "./types";

const dayMs = 24 * 60 * 60 * 1000;

/** The part of a good check that is kept besides rights and warnings. */
export function detailsOf(outcome: VerifiedOutcome): CheckDetails {
  return {
    accountActive: outcome.account.active,
    keyKind: outcome.keyKind,
    keyEndsAt: outcome.keyEndsAt,
    allowance: outcome.allowance,
    roundTripMs: outcome.roundTripMs,
    certificateEndsAt: outcome.certificate?.validTo ?? null,
  };
}

/** What was kept with a check, by whichever version of the portal: earlier ones looked for less. Nothing for no check. */
export function readCheckRecord(stored: unknown): CheckRecord {
  // Written by this domain only, and never with other types than these; null where no check is joined.
  const kept = (stored ?? {}) as Partial<CheckRecord>;
  return {
    ...kept,
    access: kept.access ? { ...kept.access, projectRights: kept.access.projectRights ?? null } : null,
    warnings: kept.warnings ?? [],
    steps: kept.steps ?? [],
    details: kept.details ?? null,
  };
}

/** A credential's row joined with its latest check. */
type ProvenRow = {
  readonly method: SignInMethod;
  readonly keyExpiresOn: string | null;
  readonly checkedAt: Date;
  readonly accountName: string | null;
  readonly accountDisplayName: string | null;
  readonly serverVersion: string | null;
  readonly record: unknown;
  readonly hasAvatar: boolean;
};

/** What a row tells of its credential at that moment. */
export function latestDetailsOf(row: ProvenRow, now: Date): LatestCheckDetails {
  const { access, details } = readCheckRecord(row.record);
  return {
    method: row.method,
    checkedAt: row.checkedAt.toISOString(),
    account: {
      name: row.accountName,
      displayName: row.accountDisplayName,
      active: details?.accountActive ?? null,
      hasAvatar: row.hasAvatar,
    },
    server: { version: row.serverVersion, support: supportOf(row.serverVersion, now) },
    access,
    keyKind: details?.keyKind ?? null,
    keyEnd: row.method === "api-key" ? keyEndOf(details, row.keyExpiresOn) : null,
    allowance: details?.allowance ?? null,
    roundTripMs: details?.roundTripMs ?? null,
    certificateEndsAt: details?.certificateEndsAt ?? null,
  };
}

/** When a key ends: what the server said of it counts for more than what a person entered. */
export function keyEndOf(details: CheckDetails | null, enteredDay: string | null): KeyEnd | null {
  if (details?.keyEndsAt) return { saidBy: "server", at: details.keyEndsAt };
  return enteredDay === null ? null : { saidBy: "person", day: enteredDay };
}

/** What there is to know about the passing of time: of a key, a certificate and a server's version. */
export type Lasting = {
  readonly details: CheckDetails | null;
  readonly keyExpiresOn: string | null;
  readonly serverVersion: string | null;
};

/**
 * The warnings as they stand at that moment: those that the check found, and those that time has brought since. Keys and
 * certificates are warned of 30 days ahead, the end of a version's support 90 days.
 */
export function warningsAt(
  found: readonly WarningCode[],
  { details, keyExpiresOn, serverVersion }: Lasting,
  now: Date,
): readonly WarningCode[] {
  const certificateMs = details?.certificateEndsAt
    ? Date.parse(details.certificateEndsAt) - now.getTime()
    : null;
  const passing = [
    keyWarning(keyEndOf(details, keyExpiresOn), now),
    certificateMs !== null && certificateMs < warnAheadMs.certificate
      ? ("CERTIFICATE_ENDS_SOON" as const)
      : null,
    supportWarning(supportOf(serverVersion, now)),
  ];
  return [...new Set([...found, ...passing.filter((code) => code !== null)])];
}

function keyWarning(end: KeyEnd | null, now: Date): WarningCode | null {
  if (end === null) return null;
  // A day is over with its last moment; Bitbucket does not tell in which time zone it counts.
  const endMs = end.saidBy === "server" ? Date.parse(end.at) : Date.parse(end.day) + dayMs;
  const leftMs = endMs - now.getTime();
  if (leftMs <= 0) return "KEY_ENDED";
  return leftMs < warnAheadMs.key ? "KEY_ENDS_SOON" : null;
}

function supportWarning({ state }: ServerSupport): WarningCode | null {
  if (state === "ended") return "SUPPORT_ENDED";
  return state === "ends-soon" ? "SUPPORT_ENDS_SOON" : null;
}
