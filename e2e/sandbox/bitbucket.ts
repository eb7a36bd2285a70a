import { type Answer, withHeaders } from "./answer";
import {
  basicDisabled,
  captchaRequired,
  methodNotAllowed,
  noSuchResource,
  notPermitted,
  signInRefused,
  unsupportedMediaType,
  xsrfFailed,
} from "./errors";
import { gitAnswer } from "./git-http";
import { identityHeaders } from "./identity-headers";
import type { SandboxRequest } from "./request";
import { findEndpoint } from "./routes";
import { type SignIn, signIn, unjudged } from "./sign-in";
import { notReadyPage, statusAnswer } from "./status";
import { webAnswer } from "./web-pages";

export interface Outcome {
  answer: Answer;
  signIn: SignIn;
}

/** An instance's response and sign-in result. The order matters: proxy, status, sign-in, then endpoint. */
export function answerOf(request: SandboxRequest): Outcome {
  const { instance } = request;
  const proxied = instance.proxy(request);
  if (proxied !== "pass") return { answer: proxied, signIn: unjudged(request) };
  // Load balancers request the status, so it is answered before any credential is checked.
  if (request.path === "/status") return identified(request, statusAnswer(instance), unjudged(request));
  const notReady = notReadyPage(instance);
  if (notReady) return { answer: notReady, signIn: unjudged(request) };

  const judged = signIn(request);
  return identified(request, refusal(request, judged) ?? endpointAnswer(request, judged), judged);
}

function identified(request: SandboxRequest, answer: Answer, judged: SignIn): Outcome {
  const identifiedAnswer = withHeaders(answer, identityHeaders(request.instance, judged));
  return { answer: request.instance.alters(identifiedAnswer, request), signIn: judged };
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

function endpointAnswer(request: SandboxRequest, judged: SignIn): Answer {
  const { account, key } = judged;
  const caller = judged.outcome === "accepted" && account ? { account, key } : null;
  if (request.path.startsWith("/scm/")) return gitAnswer(request, caller);
  if (!request.path.startsWith("/rest/")) return webAnswer(request, caller);
  const found = findEndpoint(request.method, request.path);
  if (found === "no-such-path") return noSuchResource();
  if (found === "no-such-method") return methodNotAllowed();
  if (caller && request.instance.settings.permitsNothing && !isOpen(request.path)) return notPermitted();
  return wrongBody(request) ?? found.endpoint({ ...request, caller, params: found.params });
}

/** Paths that Bitbucket serves to anonymous callers. */
function isOpen(path: string): boolean {
  return path === "/rest/capabilities" || path.endsWith("/application-properties");
}

/** Refuses content types that a browser's form can send, unless the caller opts out of the XSRF check. */
function wrongBody(request: SandboxRequest): Answer | null {
  if (request.method !== "POST") return null;
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json") return null;
  const fromForm = ["", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded"].includes(
    type,
  );
  return fromForm && request.headers["x-atlassian-token"] !== "no-check"
    ? xsrfFailed()
    : unsupportedMediaType();
}
