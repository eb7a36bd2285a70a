import { z } from "zod";
import type { Problem } from "@/lib/connectors/action";
import type { SendMeaning } from "@/lib/connectors/action-sender";
import type { FailureReason } from "@/lib/connectors/types";
import { readRefusal } from "./answer";
import { cleanText } from "./clean-text";
import type { Sent } from "./meaning";
import { pageKindOf } from "./page-kind";
import { meaningOf } from "./reading/answer-meaning";
import { parsePage } from "./reading/page-json";
import {
  errorsOf,
  hasOwnErrors,
  isModuleStatus,
  mayBeJson,
  type ServerAnswer,
  saysJson,
} from "./server-answer";

/** `unclear`: nobody is named, so another request must tell whether the credential still signs in. */
export type SentMeaning = SendMeaning | { readonly kind: "unclear"; readonly ifSignedIn: SendMeaning };

/** Statuses that are about the record, whoever in front of the server says so. */
const ofRecord: ReadonlySet<number> = new Set([409, 413, 414, 415, 422]);

/** Refusals that no record can be blamed for. */
const ofConnection: ReadonlySet<FailureReason> = new Set(["HTTPS_EXPECTED", "CLIENT_CERTIFICATE_WANTED"]);

/** What an answer to a call of a destination means. Pure; never throws. The answer tells no secret any more. */
export function meaningOfSent(answer: ServerAnswer, sent: Sent, isWrite: boolean): SentMeaning {
  const { status } = answer;
  if (status >= 200 && status <= 299) return readGood(answer, sent, isWrite);
  if (status === 401 || status === 403) return readDenied(answer, sent);
  if (status === 405 && (hasOwnErrors(answer) || isModuleStatus(answer))) return { kind: "not-available" };
  if (ofRecord.has(status)) return rejected(answer);
  if (status === 400) {
    const { reason } = readRefusal(answer, sent);
    return ofConnection.has(reason) ? { kind: "failed", reason } : rejected(answer);
  }
  const meaning = meaningOf(answer, sent);
  switch (meaning.kind) {
    case "nothing":
      return { kind: "missing", ...wordsOf(answer) };
    case "skip":
      return status === 404 ? { kind: "missing", ...wordsOf(answer) } : moved;
    case "retry":
      // The server, or a proxy in front of it, may have failed after the write.
      return { kind: "lost", reason: meaning.reason };
    case "failed":
      return hasOwnErrors(answer) ? rejected(answer) : meaning;
    case "wait":
    case "refused":
    case "not-available":
      return meaning;
    default:
      return { kind: "lost", reason: "ANSWER_UNREADABLE" };
  }
}

/** Nobody can write without an account, but anybody may look something up, and then see less. */
function readGood(answer: ServerAnswer, sent: Sent, isWrite: boolean): SentMeaning {
  const isEmpty = answer.body.length === 0;
  const body = isEmpty || !mayBeJson(answer) ? undefined : parsePage(answer.body);
  const page = isEmpty || body !== undefined || saysJson(answer) ? null : pageKindOf(answer);
  if (page !== null) return { kind: "failed", reason: reasonOfPage[page] };
  if (body === undefined && saysJson(answer) && !isEmpty)
    return { kind: "lost", reason: "ANSWER_UNREADABLE" };
  const done: SendMeaning = { kind: "done", status: answer.status, body: body ?? null };
  const isUnclear = !isWrite && meaningOf(answer, sent).kind === "unclear";
  return isUnclear ? { kind: "unclear", ifSignedIn: done } : done;
}

const reasonOfPage = {
  "sign-in": "SIGN_IN_PAGE",
  block: "FRONT_REFUSES",
  other: "NOT_BITBUCKET",
} as const satisfies Record<string, FailureReason>;

/** Bitbucket answers a missing right with 401, and keeps 403 for rules, such as keys that belong to no user. */
function readDenied(answer: ServerAnswer, sent: Sent): SentMeaning {
  const { reason } = readRefusal(answer, sent);
  const isRule = reason === "RULE_REFUSES" || (reason === "NOT_PERMITTED" && !isAuthorisation(answer));
  if (answer.status === 403 && isRule && hasOwnErrors(answer)) return rejected(answer);
  const meaning = meaningOf(answer, sent);
  const denied: SendMeaning = { kind: "denied", ...wordsOf(answer) };
  switch (meaning.kind) {
    case "skip":
      return denied;
    case "unclear":
      return { kind: "unclear", ifSignedIn: denied };
    case "retry":
      // The directory was not reached: nobody was signed in, so nothing was written.
      return { kind: "unsent", reason: meaning.reason };
    case "refused":
    case "failed":
      return meaning;
    default:
      return { kind: "failed", reason };
  }
}

function isAuthorisation(answer: ServerAnswer): boolean {
  return errorsOf(answer).some(({ exceptionName }) => /Authori[sz]ation/i.test(exceptionName));
}

const moved: SendMeaning = {
  kind: "missing",
  problems: [
    {
      field: null,
      message: "The repository or project was moved or renamed. Write its new key or short name.",
    },
  ],
};

function rejected(answer: ServerAnswer): SendMeaning {
  const body = parsePage(answer.body) ?? null;
  return { kind: "rejected", status: answer.status, problems: wordsOf(answer).problems, body };
}

const contextSchema = z.object({ errors: z.array(z.object({ context: z.string().nullish().catch(null) })) });
/** The server names a field of its body: "name", "anchor.line", "annotations[0].path". */
const fieldShape = /^[\w.[\]-]{1,100}$/;

/** The server's words, per field where it names one: at most 10, of 500 characters. */
function wordsOf(answer: ServerAnswer): { problems: Problem[]; exceptions: string[] } {
  const entries = errorsOf(answer);
  const contexts = contextSchema.safeParse(parsePage(answer.body));
  // Only where no entry was left out do the two lists agree.
  const fields =
    contexts.success && contexts.data.errors.length === entries.length ? contexts.data.errors : [];
  const problems = entries.slice(0, 10).flatMap(({ message }, at): Problem[] => {
    const words = cleanText(message, 500);
    const context = fields[at]?.context ?? "";
    return words === null ? [] : [{ field: fieldShape.test(context) ? context : null, message: words }];
  });
  const exceptions = entries
    .map(({ exceptionName }) => exceptionName)
    .filter((name) => /^[\w.$]{1,200}$/.test(name));
  if (problems.length > 0) return { problems, exceptions };
  const message = `The server answered ${answer.status} and did not say why.`;
  return { problems: [{ field: null, message }], exceptions };
}
