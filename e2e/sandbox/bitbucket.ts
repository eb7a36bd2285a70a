import { type Answer, withHeaders } from "./answer";
import type { Asked } from "./asked";
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
import { findEndpoint } from "./routes";
import { type SignIn, signIn, unjudged } from "./sign-in";
import { notReadyPage, statusAnswer } from "./status";
import { webAnswer } from "./web-pages";

export interface Outcome {
  answer: Answer;
  signIn: SignIn;
}

/** What an instance answers, and how it judged the sign-in: front, status, sign-in, then endpoint. */
export function answerOf(asked: Asked): Outcome {
  const { instance } = asked;
  const fronted = instance.front(asked);
  if (fronted !== "pass") return { answer: fronted, signIn: unjudged(asked) };
  // Load balancers ask for the status; it is answered before anybody's credential is looked at.
  if (asked.path === "/status") return identified(asked, statusAnswer(instance), unjudged(asked));
  const notReady = notReadyPage(instance);
  if (notReady) return { answer: notReady, signIn: unjudged(asked) };

  const judged = signIn(asked);
  return identified(asked, refusal(asked, judged) ?? endpointAnswer(asked, judged), judged);
}

function identified(asked: Asked, answer: Answer, judged: SignIn): Outcome {
  const identifiedAnswer = withHeaders(answer, identityHeaders(asked.instance, judged));
  return { answer: asked.instance.alters(identifiedAnswer, asked), signIn: judged };
}

function refusal(asked: Asked, judged: SignIn): Answer | null {
  const { baseUrl, settings } = asked.instance;
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

function endpointAnswer(asked: Asked, judged: SignIn): Answer {
  const { account, key } = judged;
  const caller = judged.outcome === "accepted" && account ? { account, key } : null;
  if (asked.path.startsWith("/scm/")) return gitAnswer(asked, caller);
  if (!asked.path.startsWith("/rest/")) return webAnswer(asked, caller);
  const found = findEndpoint(asked.method, asked.path);
  if (found === "no-such-path") return noSuchResource();
  if (found === "no-such-method") return methodNotAllowed();
  if (caller && asked.instance.settings.permitsNothing && !isOpen(asked.path)) return notPermitted();
  return wrongBody(asked) ?? found.endpoint({ ...asked, caller, params: found.params });
}

/** What a Bitbucket tells anyone. */
function isOpen(path: string): boolean {
  return path === "/rest/capabilities" || path.endsWith("/application-properties");
}

/** What a browser's form can send without being asked is refused unless the caller says it means it. */
function wrongBody(asked: Asked): Answer | null {
  if (asked.method !== "POST") return null;
  const type = (asked.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json") return null;
  const fromForm = ["", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded"].includes(
    type,
  );
  return fromForm && asked.headers["x-atlassian-token"] !== "no-check"
    ? xsrfFailed()
    : unsupportedMediaType();
}
