import "server-only";
import { countAccess, findAccount, pageSchema } from "@/lib/bitbucket/access";
import { type Refused, readProperties } from "@/lib/bitbucket/answer";
import { diagnoseBaseUrl } from "@/lib/bitbucket/base-url";
import { type BitbucketClient, bitbucketClient, type RequestLimits } from "@/lib/bitbucket/client";
import { reasonOfEgress } from "@/lib/bitbucket/egress-reason";
import { expectsHttps } from "@/lib/bitbucket/expects-https";
import { type Ladder, startLadder } from "@/lib/bitbucket/ladder";
import { learnMore } from "@/lib/bitbucket/learn-more";
import { type Questions, startQuestions } from "@/lib/bitbucket/questions";
import { readState } from "@/lib/bitbucket/server-state";
import type {
  CheckOutcome,
  FailedOutcome,
  FailureReason,
  Rung,
  RungName,
  SignIn,
  VerifiedOutcome,
} from "@/lib/bitbucket/types";
import { verifiedOutcome } from "@/lib/bitbucket/verified";
import { type Conversation, openConversation } from "@/lib/egress/conversation";
import type { EgressFailure } from "@/lib/egress/failure";
import { defaultLimits, type EgressLimits } from "@/lib/egress/limits";
import type { EgressPolicy } from "@/lib/egress/policy";
import type { Resolver } from "@/lib/egress/resolve-target";
import { startTimeLimit, type TimeLimit } from "@/lib/egress/time-limit";

/** What a check may do on the network. */
export type CheckEgress = {
  readonly policy: EgressPolicy;
  readonly limits?: Partial<EgressLimits>;
  /** For tests; the system's own otherwise. */
  readonly resolve?: Resolver;
};

export type CheckTarget = { readonly baseUrl: string; readonly signIn: SignIn };

export type CheckOptions = {
  readonly signal?: AbortSignal;
  /** Called once for every rung as it is decided. */
  readonly onRung?: (rung: Rung) => void;
  /** For the log: network detail that people are not shown. Holds no secret and no header value. */
  readonly onFailure?: (failure: EgressFailure) => void;
  /** All of the check together, in milliseconds; 20 seconds if not given. */
  readonly totalMs?: number;
};

const properties = "/rest/api/1.0/application-properties";

type Context = {
  readonly client: BitbucketClient;
  readonly conversation: Conversation;
  readonly ladder: Ladder;
  readonly limit: TimeLimit;
  readonly baseUrl: string;
  readonly signIn: SignIn;
  readonly log: (failure: EgressFailure) => void;
  /** For the requests that decide the sign-in: a slow directory may take what is left of the whole check. */
  readonly patient: RequestLimits;
  /** For the status: when it stays out the rest must still have time. */
  readonly brief: RequestLimits;
};

/**
 * Proves or disproves a credential in one conversation with its server. Never throws, never retries, follows no
 * redirect, and makes at most one attempt that could count as a failed sign-in: the first refusal of the credential
 * ends it. The credential is sent only after the server had its chance to show that it is not a Bitbucket.
 */
export async function checkCredential(
  egress: CheckEgress,
  target: CheckTarget,
  options: CheckOptions = {},
): Promise<CheckOutcome> {
  const ladder = startLadder(options.onRung);
  const totalMs = options.totalMs ?? 20_000;
  const limit = startTimeLimit(totalMs, options.signal);
  const log = quiet(options.onFailure);
  let conversation: Conversation | null = null;
  try {
    const address = diagnoseBaseUrl(target.baseUrl);
    if (!address.ok) return failed(ladder, "address", addressReason(address.problem));
    const { policy, ...network } = egress;
    const opened = await openConversation(policy, address.origin, {
      ...network,
      signal: limit.signal,
      onPhase: ({ phase, durationMs }) => ladder.mark(phase, "passed", durationMs),
    });
    if (!opened.ok) return failedCall({ ladder, limit, log }, opened.failure);
    conversation = opened.conversation;
    ladder.mark("certificate", "not-applicable", null);
    const client = bitbucketClient(conversation, address.baseUrl, target.signIn);
    const { baseUrl, origin } = address;
    const headersMs = egress.limits?.headersMs ?? defaultLimits.headersMs;
    const outcome = await climb({
      ...{ client, conversation, ladder, limit, baseUrl, signIn: target.signIn, log },
      patient: { headersMs: totalMs },
      brief: { headersMs: headersMs / 2 },
    });
    const hungUp =
      outcome.kind === "failed" && outcome.rung === "bitbucket" && outcome.reason === "UNREACHABLE";
    const isTls = hungUp && (await expectsHttps(policy, origin, { ...network, signal: limit.signal }));
    return isTls ? { ...outcome, reason: "HTTPS_EXPECTED" } : outcome;
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    log({ kind: "malformed", phase: "exchange", detail: `check ${name}` });
    return failed(ladder, ladder.current(), "ANSWER_UNREADABLE");
  } finally {
    limit.clear();
    await conversation?.close();
  }
}

async function climb(context: Context): Promise<CheckOutcome> {
  const { client, ladder, baseUrl, signIn } = context;
  const around = await lookAround(context);
  if (around.stopped !== null) return around.stopped;

  const got = await client.get(properties, {}, context.patient);
  if (!got.ok) return failedCall(context, got.failure);
  const meaning = readProperties(got.answer, { baseUrl, scheme: signIn.scheme });
  if (meaning.kind === "refused") {
    const isMissing = around.isAtlassian && got.answer.status === 404;
    return failedAnswer(context, isMissing ? withProduct(meaning) : meaning);
  }
  ladder.mark("bitbucket", "passed");

  const questions = startQuestions(client, { baseUrl, scheme: signIn.scheme }, context.log, context.patient);
  const accountName = meaning.kind === "signed-in" ? meaning.accountName : await confirm(questions, signIn);
  if (typeof accountName === "object" && accountName !== null) return failedAnswer(context, accountName);
  ladder.mark("signedIn", "passed");

  const found = await findAccount(questions, accountName);
  const { access, allRefused } = await countAccess(questions);
  const rejected = questions.ended();
  // The secret was withdrawn or the account locked while we were asking.
  if (rejected !== null) return failed(ladder, "allowed", rejected.reason);
  if (context.limit.endedBy() === "caller") return failed(ladder, "allowed", "CANCELLED");
  if (allRefused)
    return failed(ladder, "allowed", "NOT_PERMITTED", accountName === null ? {} : { accountName });
  ladder.mark("allowed", "passed");
  return verifiedOutcome({
    account: found.account,
    access,
    ...(await learnMore(questions, { ...found, access, signIn, baseUrl })),
    certificate: certificateOf(context.conversation),
    roundTripMs: got.totalMs,
    signIn,
    baseUrl,
    server: meaning.server,
    rungs: ladder.rungs(),
  });
}

/**
 * Asks what needs no credential: whether the server is up, and, when its status page does not look like Atlassian's,
 * whether it is a Bitbucket at all. Only a clear no ends here: a proxy in front may open up for a credential alone.
 */
async function lookAround(context: Context): Promise<Around> {
  const { client, ladder, baseUrl } = context;
  const sent = { baseUrl, scheme: null };
  const stop = (stopped: FailedOutcome): Around => ({ stopped, isAtlassian: false });
  const status = await client.getAsNobody("/status", {}, {}, context.brief);
  if (!status.ok) {
    if (!mayBeOfOnePath(status.failure)) return stop(failedCall(context, status.failure));
    context.log(status.failure);
  } else {
    const state = readState(status.answer);
    if (state.notReady !== null) return stop(failed(ladder, "bitbucket", state.notReady));
    const early = readProperties(status.answer, sent);
    if (early.kind === "refused" && decidesEarly.has(early.reason)) return stop(failedAnswer(context, early));
    if (state.isAtlassian) return { stopped: null, isAtlassian: true };
  }

  const asNobody = await client.getAsNobody(properties);
  if (!asNobody.ok) return stop(failedCall(context, asNobody.failure));
  const meaning = readProperties(asNobody.answer, sent);
  if (meaning.kind !== "refused") return { stopped: null, isAtlassian: true };
  const isNo = decidesEarly.has(meaning.reason) || meaning.reason === "NOT_BITBUCKET";
  return isNo ? stop(failedAnswer(context, meaning)) : { stopped: null, isAtlassian: false };
}

/** A status that hangs, breaks off or makes no sense says nothing of the server's other paths. */
function mayBeOfOnePath({ kind, phase }: EgressFailure): boolean {
  return phase === "exchange" && kind !== "cancelled" && kind !== "tls-expected";
}

type Around = { readonly stopped: FailedOutcome | null; readonly isAtlassian: boolean };

/**
 * Where the status page is Atlassian's but Bitbucket's own interface is missing, Jira or Confluence is at home. Only
 * where it is missing: a sign-in page in its place often leaves the status open, for load balancers.
 */
function withProduct(refusal: Refused): Refused {
  return refusal.reason === "NOT_BITBUCKET"
    ? { kind: "refused", reason: "OTHER_ATLASSIAN_PRODUCT" }
    : refusal;
}

/** Answers that no credential would change, or after which none should be sent. */
const decidesEarly: ReadonlySet<FailureReason> = new Set([
  "REDIRECTED_TO_HTTPS",
  "HTTPS_EXPECTED",
  "BITBUCKET_CLOUD",
  "RATE_LIMITED",
]);

/**
 * The server answered without naming anyone. `/users` has answers for signed-in callers only; a project's or
 * repository's key may be refused there, but it alone can read something by an explicit permission. Returns the
 * account's name, null for a nameless key, or the refusal.
 */
async function confirm(questions: Questions, signIn: SignIn): Promise<string | null | Refused> {
  const users = await questions.askPatiently("/rest/api/1.0/users", { limit: 1 }, pageSchema);
  if (users.kind === "value") return users.accountName;
  if (users.kind === "refused" && users.refusal.reason !== "NOT_PERMITTED") return users.refusal;
  if (users.kind === "refused" && users.refusal.accountName !== undefined) return users.refusal.accountName;
  const ignored: Refused = { kind: "refused", reason: "CREDENTIAL_IGNORED" };
  if (signIn.scheme === "basic") return ignored;
  const query = { permission: "REPO_READ", limit: 1 };
  const repos = await questions.askPatiently("/rest/api/1.0/repos", query, pageSchema);
  if (repos.kind === "refused" && repos.refusal.reason !== "NOT_PERMITTED") return repos.refusal;
  return repos.kind === "value" && repos.value.values.length > 0 ? repos.accountName : ignored;
}

/** Without its issuer: text that a server is free to choose. */
function certificateOf({ certificate }: Conversation): VerifiedOutcome["certificate"] {
  if (certificate === null) return null;
  const { validFrom, validTo, sha256 } = certificate;
  return { validFrom, validTo, sha256 };
}

/** A listener's own fault must not become the check's. */
function quiet(listener: CheckOptions["onFailure"]): (failure: EgressFailure) => void {
  return (failure) => {
    try {
      listener?.(failure);
    } catch {
      // Nobody is left to tell: the listener was the log.
    }
  };
}

function addressReason(problem: string): FailureReason {
  if (problem === "BITBUCKET_CLOUD" || problem === "OTHER_ATLASSIAN_PRODUCT") return problem;
  return "INVALID_BASE_URL";
}

/** The rung on which an answer's refusal stands: what is not about the credential is about the server. */
const rungOfReason: Partial<Record<FailureReason, RungName>> = {
  SECRET_REJECTED: "signedIn",
  ACCOUNT_LOCKED: "signedIn",
  BASIC_SWITCHED_OFF: "signedIn",
  CREDENTIAL_IGNORED: "signedIn",
  XSRF_REFUSED: "signedIn",
  NOT_PERMITTED: "allowed",
};

type FailureExtra = Omit<FailedOutcome, "kind" | "rung" | "reason" | "rungs">;

function failed(
  ladder: Ladder,
  rung: RungName,
  reason: FailureReason,
  extra: FailureExtra = {},
): FailedOutcome {
  return { kind: "failed", rung, reason, ...extra, rungs: ladder.failAt(rung) };
}

type Climb = Pick<Context, "ladder" | "limit" | "log">;

function failedAnswer({ ladder, limit }: Climb, refusal: Refused): FailedOutcome {
  const { kind: _kind, reason, ...extra } = refusal;
  return failed(ladder, rungOfReason[reason] ?? ladder.current(), inTime(reason, limit), extra);
}

function failedCall({ ladder, limit, log }: Climb, failure: EgressFailure): FailedOutcome {
  log(failure);
  const { reason, rung, ...extra } = reasonOfEgress(failure);
  // A connection that had to be opened anew can fail on a rung that was passed before.
  const isOpen = rung !== null && !ladder.rungs().some(({ name }) => name === rung);
  return failed(ladder, isOpen ? rung : ladder.current(), inTime(reason, limit), extra);
}

/** The check's own time limit reaches the network as a cancellation; people should hear what it was. */
function inTime(reason: FailureReason, limit: TimeLimit): FailureReason {
  return reason === "CANCELLED" && limit.endedBy() === "time" ? "TIMED_OUT" : reason;
}
