import { type ServerSupport, supportOf } from "@/lib/connectors/bitbucket-server/server-support";
import { warnAheadMs } from "@/lib/connectors/bitbucket-server/warn-ahead";
import type { VerifiedOutcome, WarningCode } from "@/lib/connectors/types";
import type { CheckDetails, CheckRecord, KeyEnd, LatestCheckDetails, SignInMethod } from "./types";

const dayMs = 24 * 60 * 60 * 1000;

/** The details of a verified check that are stored beside access and warnings. */
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

/**
 * The stored record of a check, with defaults for fields that earlier versions of the portal did not write. Empty for
 * no check.
 */
export function readCheckRecord(stored: unknown): CheckRecord {
  // Only this domain writes the column, always with these types; it is null where no check is joined.
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

/** The latest check details of a row, as of `now`. */
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

/** When a key ends. The server's answer takes precedence over a day that a user entered. */
export function keyEndOf(details: CheckDetails | null, enteredDay: string | null): KeyEnd | null {
  if (details?.keyEndsAt) return { saidBy: "server", at: details.keyEndsAt };
  return enteredDay === null ? null : { saidBy: "person", day: enteredDay };
}

/** The instant of that end; null without one. A day counts until its end, in UTC: Bitbucket names no time zone. */
export function endOf(end: KeyEnd | null): Date | null {
  if (end === null) return null;
  return new Date(end.saidBy === "server" ? Date.parse(end.at) : Date.parse(end.day) + dayMs);
}

/** What the warnings about time depend on: the key, the certificate and the server's version. */
export type Lasting = {
  readonly details: CheckDetails | null;
  readonly keyExpiresOn: string | null;
  readonly serverVersion: string | null;
};

/**
 * The warnings as of `now`: those that the check found, and those that the passing of time added. Warnings start 30
 * days before a key or certificate ends, and 90 days before the support of a version ends.
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
  const endsAt = endOf(end);
  if (endsAt === null) return null;
  const leftMs = endsAt.getTime() - now.getTime();
  if (leftMs <= 0) return "KEY_ENDED";
  return leftMs < warnAheadMs.key ? "KEY_ENDS_SOON" : null;
}

function supportWarning({ state }: ServerSupport): WarningCode | null {
  if (state === "ended") return "SUPPORT_ENDED";
  return state === "ends-soon" ? "SUPPORT_ENDS_SOON" : null;
}
