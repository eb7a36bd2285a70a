import "server-only";
import type { BaseUrl } from "@/lib/connectors/base-url";
import type { CheckEgress, CheckOptions, CheckTarget } from "@/lib/connectors/connector";
import { namedAccountOf } from "@/lib/connectors/sign-in";
import type {
  CheckOutcome,
  FailedOutcome,
  FailureReason,
  SignIn,
  StepName,
  VerifiedOutcome,
} from "@/lib/connectors/types";
import { type Conversation, openConversation } from "@/lib/egress/conversation";
import type { EgressFailure } from "@/lib/egress/failure";
import { startTimeLimit, type TimeLimit } from "@/lib/egress/time-limit";
import { wantsClientCertificate } from "@/lib/egress/wants-client-certificate";
import { countAccess, findAccount } from "./access";
import { propertiesPath, readProperties } from "./answer";
import { type BitbucketClient, bitbucketClient, type RequestLimits } from "./client";
import { confirmSignIn } from "./confirm-sign-in";
import { reasonOfEgress } from "./egress-reason";
import { expectsHttp } from "./expects-http";
import { expectsHttps } from "./expects-https";
import { foreignAddress } from "./foreign-address";
import { learnMore } from "./learn-more";
import type { Refused } from "./meaning";
import { pageKindOf } from "./page-kind";
import { startQuestions } from "./questions";
import { keyIdOf } from "./sign-in";
import { type StepRecorder, startSteps } from "./step-recorder";
import { together } from "./together";
import { verifiedOutcome } from "./verified";
import { type AskAsNobody, visit } from "./visit";

type Context = {
  readonly client: BitbucketClient;
  readonly conversation: Conversation;
  readonly steps: StepRecorder;
  readonly limit: TimeLimit;
  readonly baseUrl: BaseUrl;
  readonly signIn: SignIn;
  readonly log: (failure: EgressFailure) => void;
  /** For the requests that decide the sign-in: a slow user directory may take the rest of the check's time. */
  readonly patient: RequestLimits;
  readonly goesPastProxy: boolean;
  readonly isSideBySide: boolean;
};

/**
 * Verifies a credential in one conversation with its server. Never throws, never retries, follows no redirect, and
 * makes at most one attempt that could count as a failed sign-in: the first refusal of the credential ends it. The
 * credential is sent only if a visitor reached Bitbucket itself, or if an override permits sending it past a proxy.
 */
export async function checkCredential(
  egress: CheckEgress,
  target: CheckTarget,
  options: CheckOptions = {},
): Promise<CheckOutcome> {
  const steps = startSteps(options.onStep);
  const { totalMs = 20_000, atOnce = 1 } = options;
  const limit = startTimeLimit(totalMs, options.signal);
  const log = quiet(options.onFailure);
  let conversation: Conversation | null = null;
  try {
    const { baseUrl, signIn } = target;
    const { origin, hostname, contextPath } = baseUrl;
    // Stored addresses may predate the form's rules.
    const foreign = foreignAddress(hostname, contextPath);
    if (foreign !== null) return failed(steps, "address", addressReason(foreign.problem));
    const { policy, ...network } = egress;
    const opened = await openConversation(policy, origin, {
      ...network,
      lines: atOnce,
      signal: limit.signal,
      onPhase: ({ phase, durationMs }) => {
        // Through an outgoing proxy, only the proxy resolves the name.
        if (phase === "connection") steps.mark("name", "not-applicable", null);
        steps.mark(phase, "passed", durationMs);
      },
    });
    if (!opened.ok) {
      const outcome = failedCall({ steps, limit, log }, opened.failure);
      const isHttp =
        outcome.reason === "HTTP_ONLY_SERVER" &&
        (await expectsHttp(policy, origin, { ...network, signal: limit.signal }));
      return isHttp ? { ...outcome, reason: "HTTP_EXPECTED" } : outcome;
    }
    conversation = opened.conversation;
    steps.mark("certificate", "not-applicable", null);
    const client = bitbucketClient(conversation, baseUrl, signIn);
    const outcome = await takeSteps({
      ...{ client, conversation, steps, limit, baseUrl, signIn, log },
      patient: { headersMs: totalMs },
      goesPastProxy: options.goesPastProxy === true,
      isSideBySide: atOnce > 1,
    });
    const hungUp =
      outcome.kind === "failed" && outcome.step === "bitbucket" && outcome.reason === "UNREACHABLE";
    if (!hungUp) return outcome;
    const asking = { ...network, signal: limit.signal };
    if (await expectsHttps(policy, origin, asking)) return { ...outcome, reason: "HTTPS_EXPECTED" };
    const isUnwelcome = await wantsClientCertificate(policy, origin, asking);
    return isUnwelcome ? { ...outcome, reason: "CLIENT_CERTIFICATE_WANTED" } : outcome;
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    log({ kind: "malformed", phase: "exchange", detail: `check ${name}` });
    return failed(steps, steps.current(), "ANSWER_UNREADABLE");
  } finally {
    limit.clear();
    await conversation?.close();
  }
}

async function takeSteps(context: Context): Promise<CheckOutcome> {
  const { client, steps, baseUrl, signIn, isSideBySide, log, patient } = context;
  const ask: AskAsNobody = (path, limits, base) => client.getAsNobodyAt(path, limits, base);
  const visited = await visit(ask, { baseUrl, isSideBySide, log });
  if (visited.kind === "failed") return failedCall(context, visited.failure);
  // A visitor's answer concerns the server, never the account.
  if (visited.kind === "stopped") return failedAnswer(context, visited.refusal, "bitbucket");
  const isBehindProxy = visited.kind === "turned-away";
  if (isBehindProxy && !context.goesPastProxy) {
    return { ...failedAnswer(context, visited.refusal, "bitbucket"), notSent: true };
  }

  const got = await client.get(propertiesPath, {}, patient);
  if (!got.ok) return failedCall(context, got.failure);
  const { scheme } = signIn;
  const meaning = readProperties(got.answer, { baseUrl, scheme, visitorTurnedAway: isBehindProxy });
  if (meaning.kind === "refused") {
    // A visitor reached Bitbucket a moment ago: a proxy in front hides it from the credential.
    const isElsewhere = got.answer.status === 404 || pageKindOf(got.answer) !== null;
    const isHidden = meaning.reason === "NOT_BITBUCKET" && visited.kind === "met" && isElsewhere;
    return failedAnswer(context, isHidden ? { ...meaning, reason: "FRONT_REFUSES" } : meaning);
  }
  steps.mark("bitbucket", "passed");

  const sent = { baseUrl, scheme, visitorTurnedAway: isBehindProxy };
  const questions = startQuestions({ client, sent, log, patient, isSideBySide });
  const who = meaning.kind === "signed-in" ? meaning : await confirmSignIn(questions, scheme);
  if (who.kind === "refused") return failedAnswer(context, who);
  const { accountName } = who;
  // A visitor got the same account: so this credential did not sign in.
  if (accountName !== null && visited.kind === "met" && visited.named === accountName) {
    return failed(steps, "signedIn", "EVERYBODY_SIGNED_IN", { accountName });
  }
  steps.mark("signedIn", "passed");

  const [{ email, ...found }, { access, allRefused }] = await together(questions, [
    () => findAccount(questions, accountName),
    () => countAccess(questions),
  ]);
  const rejected = questions.ended();
  // The secret was revoked, or the account locked, during the check.
  if (rejected !== null) return failed(steps, "allowed", rejected.reason);
  if (context.limit.endedBy() === "caller") return failed(steps, "allowed", "CANCELLED");
  if (allRefused)
    return failed(steps, "allowed", "NOT_PERMITTED", accountName === null ? {} : { accountName });
  steps.mark("allowed", "passed");
  return verifiedOutcome({
    account: found.account,
    email,
    isBehindProxy,
    access,
    ...(await learnMore(questions, { ...found, access, scheme, keyId: keyIdOf(signIn), baseUrl })),
    certificate: certificateOf(context.conversation),
    roundTripMs: got.totalMs,
    namedAccount: namedAccountOf(signIn),
    baseUrl,
    server: meaning.server,
    steps: steps.steps(),
  });
}

/** Without the issuer: the server could put any text there. */
function certificateOf({ certificate }: Conversation): VerifiedOutcome["certificate"] {
  if (certificate === null) return null;
  const { validFrom, validTo, sha256 } = certificate;
  return { validFrom, validTo, sha256 };
}

/** A listener's failure must not fail the check. */
function quiet(listener: CheckOptions["onFailure"]): (failure: EgressFailure) => void {
  return (failure) => {
    try {
      listener?.(failure);
    } catch {
      // The listener was the log, so there is nowhere to report this.
    }
  };
}

function addressReason(problem: string): FailureReason {
  if (problem === "BITBUCKET_CLOUD" || problem === "OTHER_ATLASSIAN_PRODUCT") return problem;
  return "INVALID_BASE_URL";
}

/** The step at which a refusal is shown; a refusal that does not concern the credential belongs to the server's step. */
const stepOfReason: Partial<Record<FailureReason, StepName>> = {
  SECRET_REJECTED: "signedIn",
  PASSWORD_EXPIRED: "signedIn",
  ACCOUNT_DEACTIVATED: "signedIn",
  DIRECTORY_UNREACHABLE: "signedIn",
  KEY_NOT_RECOGNISED: "signedIn",
  EVERYBODY_SIGNED_IN: "signedIn",
  RULE_REFUSES: "signedIn",
  ACCOUNT_LOCKED: "signedIn",
  BASIC_SWITCHED_OFF: "signedIn",
  CREDENTIAL_IGNORED: "signedIn",
  XSRF_REFUSED: "signedIn",
  NOT_PERMITTED: "allowed",
};

type FailureExtra = Omit<FailedOutcome, "kind" | "step" | "reason" | "steps">;

function failed(
  steps: StepRecorder,
  step: StepName,
  reason: FailureReason,
  extra: FailureExtra = {},
): FailedOutcome {
  return { kind: "failed", step, reason, ...extra, steps: steps.failAt(step) };
}

type Progress = Pick<Context, "steps" | "limit" | "log">;

function failedAnswer({ steps, limit }: Progress, refusal: Refused, at?: StepName): FailedOutcome {
  const { kind: _kind, reason, movedTo, ...found } = refusal;
  const extra = movedTo === undefined ? found : { ...found, movedTo: movedTo.href };
  return failed(steps, at ?? stepOfReason[reason] ?? steps.current(), inTime(reason, limit), extra);
}

function failedCall({ steps, limit, log }: Progress, failure: EgressFailure): FailedOutcome {
  log(failure);
  if (failure.kind.startsWith("proxy-")) steps.mark("name", "not-applicable", null);
  const { reason, step, ...extra } = reasonOfEgress(failure);
  // A reopened connection can fail at a step that has already passed.
  const isOpen = step !== null && !steps.steps().some(({ name }) => name === step);
  return failed(steps, isOpen ? step : steps.current(), inTime(reason, limit), extra);
}

/** The check's own time limit reaches the network as a cancellation; the user should see the real reason. */
function inTime(reason: FailureReason, limit: TimeLimit): FailureReason {
  return reason === "CANCELLED" && limit.endedBy() === "time" ? "TIMED_OUT" : reason;
}
