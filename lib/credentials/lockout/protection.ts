import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, getTableColumns, gt, type SQL, sql } from "drizzle-orm";
import { lockoutStates } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { bookkeep } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import type { CheckOutcome } from "@/lib/connectors/types";
import { databaseClock } from "@/lib/db/clock";
import type { Db, Tx } from "@/lib/db/types";
import type { ProtectedAccount } from "./account";
import type { SentSignIn } from "./refusals";
import {
  countLost,
  decide,
  type LockoutDecision,
  type LockoutRequest,
  type LockoutState,
  settle,
  settleUnderWay,
  turnDidNotCome,
} from "./rules";
import { outcomeOf, type SettledOutcome, settledOutcomeOf } from "./settled-outcome";

/** One attempt to sign in. */
export type Attempt = LockoutRequest & {
  readonly protectedAccount: ProtectedAccount;
  /** For the audit log; null while the credential is not stored. */
  readonly credentialId: string | null;
};

/** All in milliseconds; tests use shorter times. */
export type LockoutTiming = {
  /** After this time without renewal, the process that held the account counts as dead. */
  readonly leaseMs: number;
  /** How often the lease is renewed; the next attempt then waits only briefly for a killed process, not for a whole check. */
  readonly renewMs: number;
  /** How long to wait for a parallel attempt's outcome, or for this attempt's turn. */
  readonly waitMs: number;
  readonly pollMs: number;
};
const timing: LockoutTiming = { leaseMs: 10_000, renewMs: 3_000, waitMs: 25_000, pollMs: 100 };

/** The timing for checks that take up to `checkMs` milliseconds: waiting attempts wait a little longer than that. */
export function lockoutTimingFor(checkMs: number): LockoutTiming {
  return { ...timing, waitMs: checkMs + 5_000 };
}

/**
 * Calls `send` when lock-out protection allows it, one attempt per account at a time across all processes, and
 * records the outcome. Parallel attempts with the same secret share one outcome; a held-back attempt gets an outcome
 * without steps. No transaction is open while `send` runs. Rejects as `send` does, and then records nothing.
 */
export async function withLockoutProtection(
  db: Db,
  actor: Actor,
  attempt: Attempt,
  send: () => Promise<CheckOutcome>,
  { leaseMs, renewMs, waitMs, pollMs }: LockoutTiming = timing,
): Promise<CheckOutcome> {
  const giveUpAt = Date.now() + waitMs;
  for (let awaited: string | null = null; ; ) {
    const turn = await claim(db, actor, attempt, leaseMs, awaited);
    if ("outcome" in turn) return turn.outcome;
    if (turn.kind === "go") {
      const renewed = () => renewLease(db, attempt.protectedAccount, turn.leaseId, leaseMs);
      const renewal = setInterval(() => void renewed().catch(() => undefined), renewMs);
      return sendUnderLease(db, attempt, turn, send).finally(() => clearInterval(renewal));
    }
    if (!(await isLeaseOver(db, attempt.protectedAccount, turn.leaseId, giveUpAt, pollMs)))
      return turnDidNotCome;
    awaited = turn.kind === "share" ? turn.leaseId : null;
  }
}

// If renewal fails, the lease runs out: another attempt may start, and this attempt's outcome still counts.
async function renewLease(
  db: Db,
  protectedAccount: ProtectedAccount,
  leaseId: string,
  leaseMs: number,
): Promise<void> {
  await db
    .update(lockoutStates)
    .set({ leaseUntil: sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'` })
    .where(and(isStateOf(protectedAccount), eq(lockoutStates.leaseId, leaseId)));
}

/**
 * Waits until that lease was given back or has run out; false when `giveUpAt` comes first. Polls without a row lock,
 * because many attempts may wait.
 */
async function isLeaseOver(
  db: Db,
  protectedAccount: ProtectedAccount,
  leaseId: string,
  giveUpAt: number,
  pollMs: number,
): Promise<boolean> {
  for (let pauseMs = pollMs; Date.now() < giveUpAt; pauseMs = Math.min(pauseMs * 1.5, pollMs * 8)) {
    // Random pauses, so that waiting attempts do not all poll at once.
    await sleep(pauseMs * (0.75 + Math.random() / 2));
    const standing = and(
      eq(lockoutStates.leaseId, leaseId),
      sql`${lockoutStates.leaseUntil} > clock_timestamp()`,
    );
    if ((await db.$count(lockoutStates, and(isStateOf(protectedAccount), standing))) === 0) return true;
  }
  return false;
}

/** The recorded refusals of an account; null for an unknown account. */
export async function refusalsOf(
  db: Db,
  protectedAccount: ProtectedAccount,
): Promise<Pick<LockoutState, "refusals" | "refused"> | null> {
  const [known] = await db
    .select({ row: lockoutStates, now: databaseClock })
    .from(lockoutStates)
    .where(isStateOf(protectedAccount));
  return known ? countLost(stateOf(known.row), known.now) : null;
}

type Go = { readonly kind: "go"; readonly leaseId: string; readonly usesOverride: boolean };
type Turn =
  | Go
  | Exclude<LockoutDecision, { kind: "go" }>
  | { readonly kind: "shared"; readonly outcome: CheckOutcome };

async function claim(
  db: Db,
  actor: Actor,
  attempt: Attempt,
  leaseMs: number,
  awaited: string | null,
): Promise<Turn> {
  const { protectedAccount, secret, credentialId } = attempt;
  const triedAgain: AuditEvent = {
    event: "credential.tried-again",
    subjectId: credentialId,
    details: { baseUrl: protectedAccount.baseUrl },
  };
  return bookkeep<Turn>(db, async (tx) => {
    const { row, now } = await lockOrAddState(tx, protectedAccount);
    const state = countLost(stateOf(row), now);
    // Only `sendUnderLease` writes the column, in this shape.
    if (awaited && row.settledId === awaited) {
      const outcome = outcomeOf(row.settledOutcome as SettledOutcome);
      return { result: { kind: "shared", outcome }, told: [] };
    }
    const decision = decide(state, attempt, now);
    if (decision.kind !== "go") return { result: decision, told: [] };
    const leaseId = randomUUID();
    await tx
      .update(lockoutStates)
      .set({
        refusals: state.refusals,
        leaseId,
        leaseSecret: secret,
        leaseUntil: new Date(now.getTime() + leaseMs),
        ...(decision.usesOverride ? { overrideUsedAt: now } : {}),
      })
      .where(isStateOf(protectedAccount));
    const told = decision.usesOverride ? [{ who: actor, event: triedAgain }] : [];
    return { result: { kind: "go", leaseId, usesOverride: decision.usesOverride }, told };
  });
}

async function sendUnderLease(
  db: Db,
  { protectedAccount, secret }: Attempt,
  { leaseId, usesOverride }: Go,
  send: () => Promise<CheckOutcome>,
): Promise<CheckOutcome> {
  let outcome: CheckOutcome | null = null;
  try {
    outcome = await send();
    return outcome;
  } finally {
    const found = outcome;
    await db.transaction(async (tx) => {
      const { row, state, now } = await lockState(tx, protectedAccount);
      // Without an override the secret was not known as refused: what refuses it meanwhile was under way with this.
      const settling = usesOverride ? settle : settleUnderWay;
      const after = found ? settling(state, secret, found, now) : state;
      // A lease that ran out may belong to another attempt by now and counts as lost; this outcome still counts.
      const isOurs = row.leaseId === leaseId;
      // What was not sent for want of a slot is nobody else's answer: whoever waits for this one asks for a slot itself.
      const isAnswer = found !== null && found !== turnDidNotCome;
      const settled = isAnswer ? { settledId: leaseId, settledOutcome: settledOutcomeOf(found) } : {};
      await tx
        .update(lockoutStates)
        .set({ ...columnsOf(after), settledAt: now, ...(isOurs ? { ...noLease, ...settled } : {}) })
        .where(isStateOf(protectedAccount));
    });
  }
}

/**
 * Counts a sign-in that was no attempt of its own, such as a refusal in the middle of a run; requests that were under
 * way together count once. Also frees nobody's lease: an attempt that runs beside it settles by itself.
 */
export async function settleOutside(
  db: Db,
  { protectedAccount, secret }: SentSignIn,
  outcome: CheckOutcome,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(lockoutStates).values(protectedAccount).onConflictDoNothing();
    const { state, now } = await lockState(tx, protectedAccount);
    await tx
      .update(lockoutStates)
      .set({ ...columnsOf(settleUnderWay(state, secret, outcome, now)), settledAt: now })
      .where(isStateOf(protectedAccount));
  });
}

/** True if a refusal of this sign-in is recorded, after the override of whoever sends it. */
export async function isRefusalRecorded(
  db: Db,
  sent: SentSignIn,
  override: Date | null = null,
): Promise<boolean> {
  return (await db.$count(lockoutStates, isRefusalOf(sent, override))) > 0;
}

/** The same as a condition within a larger statement. */
export function refusalRecorded(sent: SentSignIn): SQL {
  return sql`exists (select from ${lockoutStates} where ${isRefusalOf(sent, null)})`;
}

function isRefusalOf({ protectedAccount, secret }: SentSignIn, override: Date | null) {
  return and(
    isStateOf(protectedAccount),
    eq(lockoutStates.refusedSecret, secret),
    override === null ? undefined : gt(lockoutStates.refusedAt, override),
  );
}

const noLease = { leaseId: null, leaseSecret: null, leaseUntil: null };

async function lockState(tx: Tx, protectedAccount: ProtectedAccount) {
  const [locked] = await tx
    .select({ row: lockoutStates, now: databaseClock })
    .from(lockoutStates)
    .where(isStateOf(protectedAccount))
    .for("update");
  if (!locked) throw new Error("the lock-out state's row is gone");
  return { ...locked, state: stateOf(locked.row) };
}

/** The account's row, locked; added if there is none. */
async function lockOrAddState(tx: Tx, protectedAccount: ProtectedAccount) {
  const { account } = protectedAccount;
  const [row] = await tx
    .insert(lockoutStates)
    .values(protectedAccount)
    // An update that changes nothing locks the row, and lets it be returned.
    .onConflictDoUpdate({ target: [lockoutStates.baseUrl, lockoutStates.account], set: { account } })
    .returning({ ...getTableColumns(lockoutStates), now: databaseClock });
  if (!row) throw new Error("the lock-out state's row was not added");
  return { row, now: row.now };
}

function isStateOf({ baseUrl, account }: ProtectedAccount) {
  return and(eq(lockoutStates.baseUrl, baseUrl), eq(lockoutStates.account, account));
}

type Row = typeof lockoutStates.$inferSelect;

function stateOf(row: Row): LockoutState {
  const { refusals, overrideUsedAt, refusedSecret, refusedReason, refusedAt } = row;
  const { waitUntil, waitReason, leaseId, leaseSecret, leaseUntil } = row;
  return {
    refusals,
    overrideUsedAt,
    refused:
      refusedSecret && refusedReason && refusedAt
        ? { secret: refusedSecret, reason: refusedReason, at: refusedAt }
        : null,
    wait: waitUntil && waitReason ? { until: waitUntil, reason: waitReason } : null,
    lease:
      leaseId && leaseSecret && leaseUntil ? { id: leaseId, secret: leaseSecret, until: leaseUntil } : null,
  };
}

function columnsOf({ refusals, refused, wait }: LockoutState): Partial<Row> {
  return {
    refusals,
    refusedSecret: refused?.secret ?? null,
    refusedReason: refused?.reason ?? null,
    refusedAt: refused?.at ?? null,
    waitUntil: wait?.until ?? null,
    waitReason: wait?.reason ?? null,
  };
}
