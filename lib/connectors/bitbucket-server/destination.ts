import "server-only";
import { randomUUID } from "node:crypto";
import type {
  Call,
  DestinationConnection,
  OpenedDestination,
  SendMeaning,
} from "@/lib/connectors/action-sender";
import type { CheckEgress, CheckTarget } from "@/lib/connectors/connector";
import { authorizationHeader } from "@/lib/connectors/sign-in";
import type { AnswerMeaning, StreamCall } from "@/lib/connectors/stream-reader";
import { type Conversation, openConversation } from "@/lib/egress/conversation";
import type { CallOutFailure, EgressRequest } from "@/lib/egress/exchange";
import type { EgressLimits } from "@/lib/egress/limits";
import { queryText } from "./client";
import { allWithoutEcho, echoInRecords } from "./echo";
import { mayPass, reasonOfEgress } from "./egress-reason";
import { foreignAddress } from "./foreign-address";
import type { Sent } from "./meaning";
import { meaningOf, type PageMeaning } from "./reading/answer-meaning";
import { meaningOfSent, type SentMeaning } from "./send-meaning";
import { headerOf, type ServerAnswer } from "./server-answer";
import { signInProof } from "./signed-in";

/** A merge may take half a minute, and a page of activities several MB. */
const sendLimits: Partial<EgressLimits> = { headersMs: 60_000, totalMs: 60_000, bodyBytes: 32 * 1024 * 1024 };

/**
 * Opens one kept-open connection for writing below the base URL. Like a source's, it takes no slot at the host. Never
 * throws.
 */
export async function openBitbucketDestination(
  { policy, ...network }: CheckEgress,
  { baseUrl, signIn }: CheckTarget,
  limits: Partial<EgressLimits> = sendLimits,
): Promise<OpenedDestination> {
  // Stored addresses may predate the form's rules.
  if (foreignAddress(baseUrl.hostname, baseUrl.contextPath) !== null) {
    return { ok: false, meaning: { kind: "failed", reason: "INVALID_BASE_URL" } };
  }
  const opened = await openConversation(policy, baseUrl.origin, {
    ...network,
    limits: { ...network.limits, ...limits },
    takesSlot: false,
  });
  if (!opened.ok) {
    const { reason } = reasonOfEgress(opened.failure);
    return { ok: false, meaning: { kind: mayPass(reason) ? "retry" : "failed", reason } };
  }
  return { ok: true, destination: connectionOf(opened.conversation, { baseUrl, signIn }) };
}

type Got = { readonly ok: true; readonly answer: ServerAnswer };

function connectionOf(conversation: Conversation, { baseUrl, signIn }: CheckTarget): DestinationConnection {
  const { tells, mayTell } = echoInRecords(signIn);
  const authorization = authorizationHeader(signIn);
  const sent: Sent = { baseUrl, scheme: signIn.scheme };

  const exchange = async (call: Call): Promise<Got | CallOutFailure> => {
    const path = `${baseUrl.contextPath}${call.path}${queryText(call.query)}`;
    const { headers, ...request } = bodyOf(call);
    const result = await conversation.request({
      ...request,
      method: call.method,
      path,
      headers: { ...headers, authorization },
    });
    if (!result.ok) return result;
    const isTold = ["x-ausername", "location"].some((name) => tells(headerOf(result, name)));
    const isSuspect = isTold || mayTell(result.body);
    return { ok: true, answer: isSuspect ? allWithoutEcho(result, tells) : result };
  };

  const sendOnce = async (call: Call): Promise<SentMeaning> => {
    const isWrite = call.method !== "GET";
    const got = await exchange(call);
    if (!got.ok) return meaningOfFailure(got, isWrite);
    return meaningOfSent(got.answer, { ...sent, path: call.path }, isWrite);
  };

  const prove = signInProof(async ({ path, query }: StreamCall): Promise<PageMeaning> => {
    const got = await exchange({ method: "GET", path, query });
    if (got.ok) return meaningOf(got.answer, { ...sent, path }, tells);
    const { reason } = reasonOfEgress(got.failure);
    return mayPass(reason) ? { kind: "retry", reason } : { kind: "failed", reason };
  });

  return {
    send: async (call) => {
      try {
        const meaning = await sendOnce(call);
        if (meaning.kind !== "unclear") return meaning;
        const objection = await prove();
        return objection === null ? meaning.ifSignedIn : meaningOfObjection(objection);
      } catch {
        // Nothing is expected to throw; a run would stop for good.
        return { kind: "lost", reason: "ANSWER_UNREADABLE" };
      }
    },
    close: conversation.close,
  };
}

type Body = Pick<EgressRequest, "body"> & { readonly headers: Readonly<Record<string, string>> };

/** The server refuses writes that a browser could have been tricked into, unless this header is there. */
const noCheck = { "x-atlassian-token": "no-check" };

function bodyOf({ method, body, form }: Call): Body {
  if (method === "GET") return { headers: {} };
  if (form !== undefined) {
    const boundary = `latchkey-${randomUUID()}`;
    return withLength(multipart(form, boundary), `multipart/form-data; boundary=${boundary}`);
  }
  // A deletion without a body has no type.
  if (body === undefined && method === "DELETE") return { headers: noCheck };
  return withLength(body === undefined ? "" : JSON.stringify(body), "application/json");
}

/** Node.js sends no length with a deletion's body. */
function withLength(text: string, type: string): Body {
  const body = Buffer.from(text);
  return { body, headers: { ...noCheck, "content-type": type, "content-length": String(body.length) } };
}

/** Text fields as multipart/form-data (RFC 7578); quotes and line breaks in names are escaped as browsers do. */
function multipart(form: Readonly<Record<string, string>>, boundary: string): string {
  const escaped = (name: string) =>
    name.replace(/["\r\n]/g, (found) => encodeURIComponent(found).toUpperCase());
  const parts = Object.entries(form).map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join("")}--${boundary}--\r\n`;
}

/** Sent and unanswered is `lost`; a look-up that will not work the next time either is a failure. */
function meaningOfFailure({ failure, isUnsent }: CallOutFailure, isWrite: boolean): SendMeaning {
  const { reason } = reasonOfEgress(failure);
  if (isUnsent) return mayPass(reason) ? { kind: "unsent", reason } : { kind: "failed", reason };
  // The server ended the handshake after the fact, so it never read the request.
  const isUnread = failure.kind === "tls-expected" || failure.kind === "client-certificate";
  if (isUnread || (!isWrite && !mayPass(reason))) return { kind: "failed", reason };
  return { kind: "lost", reason };
}

/** The call itself was refused, so it changed nothing. */
function meaningOfObjection(meaning: AnswerMeaning): SendMeaning {
  switch (meaning.kind) {
    case "wait":
    case "refused":
    case "failed":
      return meaning;
    case "retry":
      return { kind: "unsent", reason: meaning.reason };
    default:
      return { kind: "refused", reason: "CREDENTIAL_IGNORED" };
  }
}
