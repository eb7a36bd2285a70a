import "server-only";
import { sql } from "drizzle-orm";
import { checks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { shapeOfStored } from "@/lib/connectors/sign-in";
import {
  type FailedOutcome,
  type FailureReason,
  failureReasons,
  type SignInShape,
  stepNames,
} from "@/lib/connectors/types";
import type { CredentialTarget } from "@/lib/credentials/checks/check";
import { protectedAccountOf, protectedSecretOf } from "@/lib/credentials/lockout/account";
import { refusalRecorded, refusalsOf, settleOutside } from "@/lib/credentials/lockout/protection";
import {
  announceRefusal,
  type IsRefused,
  type SentSignIn,
  watchRefusals,
} from "@/lib/credentials/lockout/refusals";
import { refusalReasonOf, stopOf } from "@/lib/credentials/lockout/rules";
import { databaseNow } from "@/lib/db/clock";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { recordCheck } from "./mutations";
import { getSignIn, type StoredSignIn } from "./queries";

/** A sign-in that may be sent now, to read with. Holds the secret. */
export type ReadySignIn = {
  readonly stored: StoredSignIn;
  readonly shape: SignInShape;
  readonly sent: SentSignIn;
  /** Since it was opened. */
  readonly isRefused: IsRefused;
};

/** A sign-in to read with, or why lock-out protection sends nothing. */
export type OpenedSignIn =
  | ({ readonly ok: true } & ReadySignIn)
  | {
      readonly ok: false;
      readonly outcome: FailedOutcome;
      readonly shape: SignInShape;
      readonly kind: ConnectorKind;
    };

/**
 * Opens a credential to read with it, by the right `use`. Nothing is sent with a credential that its server has
 * refused, or whose account lock-out protection has stopped. Throws as `getSignIn` does.
 */
export async function openForReading(db: Db, actor: Actor, credentialId: string): Promise<OpenedSignIn> {
  const stored = await getSignIn(db, actor, credentialId, "use");
  const { target, refusedBefore, refusedAs } = stored;
  const { kind } = target;
  const shape = shapeOfStored(target.signIn);
  const sent = sentSignInOf(target);
  const isRefused = await watchRefusals(sent);
  const known = (await refusalsOf(db, sent.protectedAccount)) ?? { refusals: 0, refused: null };
  const stop = stopOf(known, { secret: sent.secret, refusedBefore });
  if (stop) {
    const at = stop.at ?? refusedBefore?.at ?? null;
    const ago = at === null ? {} : { refusedSecondsAgo: secondsBetween(at, await databaseNow(db)) };
    return { ok: false, outcome: { ...heldBack, reason: stop.reason, ...ago }, shape, kind };
  }
  // Refused for a reason that no server counts, such as passwords being switched off.
  if (refusedAs) return { ok: false, outcome: { ...heldBack, reason: refusedAs }, shape, kind };
  return { ok: true, stored, shape, sent, isRefused };
}

/** A sign-in by its keyed fingerprints. */
export function sentSignInOf(target: CredentialTarget): SentSignIn {
  return { protectedAccount: protectedAccountOf(target), secret: protectedSecretOf(target) };
}

const heldBack = { kind: "failed", step: "signedIn", steps: [] } as const;

function secondsBetween(before: Date, after: Date): number {
  return Math.max(0, Math.round((after.getTime() - before.getTime()) / 1000));
}

/**
 * Records a sign-in that the server refused while it was read from: the credential's status and lock-out protection
 * then stand as after a failed check. False if the secret was replaced, or the right ended, meanwhile: then the
 * refusal says nothing about the credential as it is now.
 */
export async function recordRefusedReading(
  db: Db,
  actor: Actor,
  { stored, sent }: ReadySignIn,
  reason: FailureReason,
): Promise<{ isKept: boolean; outcome: FailedOutcome }> {
  return announceRefusal(sent, async () => {
    const outcome = await countRefusal(db, sent, reason);
    try {
      await recordCheck(db, actor, stored.checked, outcome);
      return { isKept: true, outcome };
    } catch (error) {
      if (error instanceof AppError) return { isKept: false, outcome };
      throw error;
    }
  });
}

/**
 * True if the database knows of a refusal of this sign-in, or of the credential that it was opened from. Asked before
 * each request where other processes may send with it, too.
 */
export async function isKnownAsRefused(
  db: Db,
  { stored: { checked }, sent }: Pick<ReadySignIn, "stored" | "sent">,
): Promise<boolean> {
  const verdict = sql`select ${checks.verdict} in ('rejected', 'locked') from ${checks}
    where ${checks.credentialId} = ${checked.credentialId} and ${checks.secretVersion} = ${checked.secretVersion}
      and ${checks.verdict} <> 'nothing'
    order by ${checks.checkedAt} desc limit 1`;
  const [row] = await rowsOf(
    db,
    sql`select ${refusalRecorded(sent)} or coalesce((${verdict}), false) as is_refused`,
  );
  return row?.is_refused === true;
}

/** Counts a sign-in that is not stored, and that the server refused after a check had passed. */
export function countTypedRefusal(
  db: Db,
  target: CredentialTarget,
  reason: FailureReason,
): Promise<FailedOutcome> {
  const sent = sentSignInOf(target);
  return announceRefusal(sent, () => countRefusal(db, sent, reason));
}

async function countRefusal(db: Db, sent: SentSignIn, reason: FailureReason): Promise<FailedOutcome> {
  const outcome: FailedOutcome = { kind: "failed", step: "signedIn", reason, steps: refusedSteps };
  if (refusalReasonOf(reason)) await settleOutside(db, sent, outcome);
  return outcome;
}

const refusedAt = stepNames.indexOf("signedIn");
const refusedSteps = stepNames.map((name, at) => ({
  name,
  state: at < refusedAt ? ("passed" as const) : at === refusedAt ? ("failed" as const) : ("skipped" as const),
  durationMs: null,
}));

/** A reason that a connector names, if checks have it too; else null. */
export function failureReasonOf(reason: string): FailureReason | null {
  return failureReasons.find((one) => one === reason) ?? null;
}
