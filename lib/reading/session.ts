import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@/lib/actor";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
import { type openSource, openSource as openSourceByDefault } from "@/lib/connectors/sources";
import type { AnswerMeaning, StreamCall } from "@/lib/connectors/stream-reader";
import type { FailedOutcome, FailureReason, SignInShape } from "@/lib/connectors/types";
import type { CredentialTarget } from "@/lib/credentials/checks/check";
import { allowanceAccountOf } from "@/lib/credentials/lockout/account";
import { isRefusalRecorded } from "@/lib/credentials/lockout/protection";
import { watchRefusals } from "@/lib/credentials/lockout/refusals";
import {
  failureReasonOf,
  openForReading,
  recordRefusedReading,
  sentSignInOf,
} from "@/lib/credentials/reading";
import type { Db } from "@/lib/db/types";
import { egressLimits } from "@/lib/portal/egress";
import { consume, targetLimit } from "@/lib/rate-limit";
import { noteWait, takeAllowance } from "@/lib/server-shares/allowance";
import { withServerSlot } from "@/lib/server-shares/slots";
import { egressPolicyFor } from "@/lib/servers/trusted-egress";

/** What was found, and what to do: the same words as a failed check's. */
export type SessionFailure = { readonly title: string; readonly cure: string };

/** Sends one call. A failure that no further call can mend ends the session instead of being returned. */
export type Ask = (call: StreamCall) => Promise<AnswerMeaning>;

/** What is known of the server before the first call. */
export type AskedServer = { readonly kind: ConnectorKind; readonly serverVersion: string | null };

export type SessionResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: SessionFailure };

/** A person waits for the answer: no longer than this for a part of the account's allowance. */
const longestAllowanceWaitMs = 5_000;

class SessionEnded extends Error {
  constructor(readonly failure: SessionFailure) {
    super(failure.title);
  }
}

/** A sign-in that the server accepted, stored or just typed. Holds the secret. */
export type UsableSignIn = {
  readonly target: CredentialTarget;
  readonly shape: SignInShape;
  /** As the latest check found them. */
  readonly accountName: string | null;
  readonly serverVersion: string | null;
  /** Counts and records that the server refused it meanwhile; returns what to tell. */
  readonly refused: (reason: FailureReason) => Promise<FailedOutcome>;
};

type SessionOptions = {
  readonly open?: typeof openSource;
  /** True if `ask` returns answers that will not pass by themselves; else they end the session. */
  readonly returnsFailures?: boolean;
};

/**
 * Lets `work` call a server with a stored credential, while a user waits for a picker or a preview. Needs the right
 * `use`; takes one of the server's slots and counts against the account's allowance. Sends nothing if the server has
 * refused the credential; a refused sign-in ends the session and is recorded as a failed check. Throws NOT_FOUND,
 * NOT_ALLOWED and RATE_LIMITED.
 */
export async function withSourceSession<T>(
  db: Db,
  actor: Actor,
  credentialId: string,
  work: (ask: Ask, about: AskedServer) => Promise<T>,
  options: SessionOptions = {},
): Promise<SessionResult<T>> {
  const opened = await openForReading(db, actor, credentialId);
  if (!opened.ok) return { ok: false, failure: wordsOf(opened.kind, opened.outcome, opened.shape) };
  const { stored, shape } = opened;
  const { target, accountName, serverVersion } = stored;
  const refused = async (reason: FailureReason) =>
    (await recordRefusedReading(db, actor, opened, reason)).outcome;
  return withSession(db, { target, shape, accountName, serverVersion, refused }, work, options);
}

/** The same with a sign-in that is at hand: a user is about to store it. Throws RATE_LIMITED. */
export async function withSession<T>(
  db: Db,
  signIn: UsableSignIn,
  work: (ask: Ask, about: AskedServer) => Promise<T>,
  { open = openSourceByDefault, returnsFailures = false }: SessionOptions = {},
): Promise<SessionResult<T>> {
  const { target, shape, serverVersion } = signIn;
  const { kind, baseUrl } = target;
  await consume(db, targetLimit, baseUrl.host);
  const policy = await egressPolicyFor(db, baseUrl);
  const read = async (): Promise<SessionResult<T>> => {
    const sent = sentSignInOf(target);
    const isRefused = await watchRefusals(sent);
    const maySend = () => !isRefused();
    const source = await open(kind, { policy, limits: egressLimits(), maySend }, target);
    if (!source.ok) return { ok: false, failure: failureOf(source.meaning, kind, shape) };
    const ask: Ask = async (call) => {
      await awaitAllowance(db, signIn);
      // Meanwhile a run may have been refused with the same secret, in any process.
      if ((await isRefusalRecorded(db, sent)) || isRefused())
        throw new SessionEnded(notSentAgain(kind, shape));
      const meaning = await source.source.get(call);
      if (isRefused() && isCalledOff(meaning)) throw new SessionEnded(notSentAgain(kind, shape));
      if (meaning.kind === "failed" && returnsFailures) return meaning;
      const failure = await endsWith(db, signIn, meaning);
      if (failure) throw new SessionEnded(failure);
      return meaning;
    };
    try {
      return { ok: true, value: await work(ask, { kind, serverVersion }) };
    } catch (error) {
      if (error instanceof SessionEnded) return { ok: false, failure: error.failure };
      throw error;
    } finally {
      await source.source.close();
    }
  };
  const result = await withServerSlot(db, baseUrl.origin, read);
  return result === "busy" ? { ok: false, failure: failedWith("PORTAL_BUSY", kind, shape) } : result;
}

function notSentAgain(kind: ConnectorKind, shape: SignInShape): SessionFailure {
  return failedWith("NOT_SENT_AGAIN", kind, shape);
}

function isCalledOff(meaning: AnswerMeaning): boolean {
  return meaning.kind === "retry" && meaning.reason === "CANCELLED";
}

async function awaitAllowance(db: Db, { target, shape, accountName }: UsableSignIn): Promise<void> {
  const of = allowanceAccountOf(target, accountName);
  for (let waitedMs = 0; ; ) {
    const allowed = await takeAllowance(db, of);
    if (allowed.ok) return;
    waitedMs += allowed.waitMs;
    if (waitedMs > longestAllowanceWaitMs) {
      const retryAfterSeconds = Math.ceil(allowed.waitMs / 1000);
      throw new SessionEnded(failedWith("RATE_LIMITED", target.kind, shape, { retryAfterSeconds }));
    }
    await sleep(allowed.waitMs);
  }
}

async function endsWith(
  db: Db,
  { target, shape, accountName, refused }: UsableSignIn,
  meaning: AnswerMeaning,
): Promise<SessionFailure | null> {
  const { kind } = target;
  if (meaning.kind === "refused") {
    const reason = failureReasonOf(meaning.reason) ?? "SECRET_REJECTED";
    return wordsOf(kind, await refused(reason), shape);
  }
  if (meaning.kind === "wait") {
    await noteWait(db, allowanceAccountOf(target, accountName), meaning.seconds);
    const reason = meaning.why === "starting" ? "STARTING" : "RATE_LIMITED";
    return failedWith(reason, kind, shape, { retryAfterSeconds: meaning.seconds });
  }
  if (meaning.kind === "retry" || meaning.kind === "failed") return failureOf(meaning, kind, shape);
  return null;
}

function failureOf(
  meaning: Extract<AnswerMeaning, { kind: "retry" | "failed" }>,
  kind: ConnectorKind,
  shape: SignInShape,
): SessionFailure {
  const reason = failureReasonOf(meaning.reason);
  if (reason) return failedWith(reason, kind, shape);
  const words = meaning.kind === "failed" ? meaning.words : undefined;
  return {
    title: "The server refused the request",
    cure: words ? `It says: ${words}` : "It gives no reason. Check what was chosen, and try again.",
  };
}

function failedWith(
  reason: FailureReason,
  kind: ConnectorKind,
  shape: SignInShape,
  more: Pick<FailedOutcome, "retryAfterSeconds"> = {},
): SessionFailure {
  return wordsOf(kind, { kind: "failed", step: "bitbucket", reason, ...more, steps: [] }, shape);
}

function wordsOf(kind: ConnectorKind, outcome: FailedOutcome, shape: SignInShape): SessionFailure {
  const { title, cure } = connectorOf(kind).describeFailure(outcome, shape);
  return { title, cure };
}
