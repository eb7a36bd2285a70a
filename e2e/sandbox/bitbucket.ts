import { type Answer, jsonText, withHeaders } from "./answer";
import type { Call } from "./call";
import {
  basicDisabled,
  captchaRequired,
  methodNotAllowed,
  noSuchRoute,
  notPermitted,
  rateLimited,
  signInRefused,
  signInRequired,
} from "./errors";
import { gitAnswer } from "./git-http";
import { identityHeaders } from "./identity-headers";
import { isWrite, type SandboxRequest } from "./request";
import { findEndpoint, type Match } from "./routes";
import type { InstanceSettings } from "./settings";
import { type SignIn, signIn, unjudged } from "./sign-in";
import { notReadyPage, statusAnswer } from "./status";
import { isAtLeast } from "./versions";
import { webAnswer } from "./web-pages";
import { wrongBody } from "./write-rules";

export interface Outcome {
  answer: Answer;
  signIn: SignIn;
  /** The matched route; null if none was looked for, or none found. */
  route: Match | null;
  /** Whether the server did a write, even if the client was told something else, or nothing. */
  isDone: boolean;
}

/** An instance's response and sign-in result. The order matters: proxy, status, sign-in, then endpoint. */
export function answerOf(request: SandboxRequest): Outcome {
  const { instance } = request;
  const proxied = instance.proxy(request);
  if (proxied !== "pass") return { answer: proxied, signIn: unjudged(request), route: null, isDone: false };
  // Load balancers request the status, so it is answered before any credential is checked.
  if (request.path === "/status") return identified(request, statusAnswer(instance), unjudged(request));
  const notReady = notReadyPage(instance) ?? instance.disturbances.outage(instance.now());
  if (notReady) return { answer: notReady, signIn: unjudged(request), route: null, isDone: false };

  const judged = signIn(request);
  const route = routeOf(request);
  const refused = refusal(request, judged) ?? overAllowance(request, judged);
  const { answer, isDone } =
    refused === null && isWrite(request.method)
      ? writeAnswer(request, judged, route)
      : { answer: refused ?? endpointAnswer(request, judged, route), isDone: false };
  const outcome = identified(request, answer, judged, typeof route === "string" ? null : route);
  return { ...outcome, answer: instance.disturbances.cutOrWhole(outcome.answer), isDone };
}

/** Does a write unless it is to fail before, and tells its answer unless that is to get lost. */
function writeAnswer(
  request: SandboxRequest,
  judged: SignIn,
  route: ReturnType<typeof findEndpoint> | null,
): { answer: Answer; isDone: boolean } {
  const { writes } = request.instance.disturbances;
  // What no route takes is no write that could fail.
  const isRouted = route !== null && typeof route !== "string";
  const failed = isRouted ? writes.before() : null;
  if (failed) return { answer: failed, isDone: false };
  const answer = endpointAnswer(request, judged, route);
  const isDone = isRouted && answer.status >= 200 && answer.status < 300;
  return { answer: isDone ? (writes.after() ?? answer) : answer, isDone };
}

function routeOf({ method, path, instance }: SandboxRequest): ReturnType<typeof findEndpoint> | null {
  return path.startsWith("/rest/") ? findEndpoint(method, path, instance.settings) : null;
}

/** Requests of programs count, whatever they ask for; those of anonymous callers do not. */
function overAllowance({ path, instance }: SandboxRequest, { outcome, account }: SignIn): Answer | null {
  if (outcome !== "accepted" || account === null || !/^\/(?:rest|scm)\//.test(path)) return null;
  const taken = instance.allowances.take(account, instance.settings, instance.now());
  return taken === "ok" ? null : rateLimited(taken.waitSeconds);
}

function identified(
  request: SandboxRequest,
  answer: Answer,
  judged: SignIn,
  route: Match | null = null,
): Outcome {
  const identifiedAnswer = withHeaders(answer, identityHeaders(request.instance, judged));
  return {
    answer: request.instance.alters(identifiedAnswer, request),
    signIn: judged,
    route,
    isDone: false,
  };
}

function refusal(request: SandboxRequest, judged: SignIn): Answer | null {
  const { baseUrl, settings } = request.instance;
  switch (judged.outcome) {
    case "refused":
      return signInRefused(judged.scheme === "Basic" ? "Basic" : "Bearer");
    case "locked":
      return captchaRequired(baseUrl, settings.captchaStatus);
    case "basic-off":
      return basicDisabled();
    default:
      return null;
  }
}

function endpointAnswer(
  request: SandboxRequest,
  judged: SignIn,
  found: ReturnType<typeof findEndpoint> | null,
): Answer {
  const { settings } = request.instance;
  const { account, key } = judged;
  const caller = judged.outcome === "accepted" && account ? { account, key } : null;
  if (request.path.startsWith("/scm/")) return gitAnswer(request, caller);
  if (found === null) return webAnswer(request, caller);
  if (found === "no-such-path") return noSuchRoute(settings.version);
  if (found === "no-such-method") return methodNotAllowed();
  if (!caller && wantsSignIn(settings) && !isOpen(request.path)) return signInRequired();
  if (caller && settings.permitsNothing && !isOpen(request.path)) return notPermitted();
  return wrongBody(request) ?? remembered({ ...request, caller, params: found.params }, found.endpoint);
}

/** Makes the answer, or finds the one made for the same caller and question since the last change. */
function remembered(call: Call, endpoint: Match["endpoint"]): Answer {
  const { instance, caller, method, path, query } = call;
  if (method !== "GET") {
    instance.pages.clear();
    return endpoint(call);
  }
  const key = `${caller?.account.name} ${caller?.key?.name} ${path}?${query}`;
  const known = instance.pages.get(key);
  if (known) return jsonText(200, known);
  const answer = endpoint(call);
  const isPage = answer.status === 200 && answer.headers["Content-Type"]?.startsWith("application/json");
  return isPage && typeof answer.body === "string"
    ? { ...answer, body: instance.pages.put(key, answer.body) }
    : answer;
}

/** Newer servers without public access tell anonymous callers to sign in; older ones show them empty lists. */
function wantsSignIn({ version, publicAccess }: InstanceSettings): boolean {
  return !publicAccess && isAtLeast(version, "10.3.0");
}

/** Paths that Bitbucket serves to anonymous callers. */
function isOpen(path: string): boolean {
  return path === "/rest/capabilities" || path.endsWith("/application-properties");
}
