import "server-only";
import type { CheckEgress, CheckTarget } from "@/lib/connectors/connector";
import { authorizationHeader } from "@/lib/connectors/sign-in";
import type { OpenedSource, SourceConnection } from "@/lib/connectors/source";
import type { AnswerMeaning, StreamCall } from "@/lib/connectors/stream-reader";
import { type Conversation, openConversation } from "@/lib/egress/conversation";
import type { EgressFailure } from "@/lib/egress/failure";
import type { EgressLimits } from "@/lib/egress/limits";
import { queryText } from "./client";
import { echoInRecords, withoutEcho } from "./echo";
import { mayPass, reasonOfEgress } from "./egress-reason";
import { foreignAddress } from "./foreign-address";
import type { Sent } from "./meaning";
import { meaningOf, type PageMeaning } from "./reading/answer-meaning";
import { headerOf, type ServerAnswer } from "./server-answer";
import { signInProof } from "./signed-in";

/** A page of 1000 pull requests with long descriptions takes some 5 MB, and a slow server half a minute. */
const readLimits: Partial<EgressLimits> = { headersMs: 60_000, totalMs: 60_000, bodyBytes: 32 * 1024 * 1024 };

/**
 * Opens one kept-open connection for reading below the base URL. It takes no slot at the host: those who read keep to
 * limits over all processes. Never throws.
 */
export async function openBitbucketSource(
  { policy, ...network }: CheckEgress,
  { baseUrl, signIn }: CheckTarget,
  limits: Partial<EgressLimits> = readLimits,
): Promise<OpenedSource> {
  // Stored addresses may predate the form's rules.
  if (foreignAddress(baseUrl.hostname, baseUrl.contextPath) !== null) {
    return { ok: false, meaning: { kind: "failed", reason: "INVALID_BASE_URL" } };
  }
  const opened = await openConversation(policy, baseUrl.origin, {
    ...network,
    limits: { ...network.limits, ...limits },
    takesSlot: false,
  });
  if (!opened.ok) return { ok: false, meaning: meaningOfFailure(opened.failure) };
  return { ok: true, source: connectionOf(opened.conversation, { baseUrl, signIn }) };
}

function connectionOf(conversation: Conversation, { baseUrl, signIn }: CheckTarget): SourceConnection {
  const { tells, mayTell } = echoInRecords(signIn);
  const headers = { authorization: authorizationHeader(signIn) };
  const sent: Sent = { baseUrl, scheme: signIn.scheme };

  const ask = async ({ path, query }: StreamCall): Promise<PageMeaning> => {
    const target = `${baseUrl.contextPath}${path}${queryText(query)}`;
    const result = await conversation.request({ path: target, headers });
    if (!result.ok) return meaningOfFailure(result.failure);
    const isTold = ["x-ausername", "location"].some((name) => tells(headerOf(result, name)));
    const isSuspect = isTold || mayTell(result.body);
    const answer: ServerAnswer = isSuspect ? withoutEcho(result, tells) : result;
    return meaningOf(answer, { ...sent, path }, tells);
  };

  /**
   * An answer that names no account may be for nobody: then public repositories alone are listed, and the others would
   * seem to be deleted.
   */
  const prove = signInProof(ask);

  return {
    get: async (call) => {
      try {
        const meaning = await ask(call);
        return meaning.kind === "unclear" ? ((await prove()) ?? meaning.ifSignedIn) : meaning;
      } catch {
        // Nothing is expected to throw; a run would stop for good.
        return { kind: "retry", reason: "ANSWER_UNREADABLE" };
      }
    },
    close: conversation.close,
  };
}

function meaningOfFailure(failure: EgressFailure): Extract<AnswerMeaning, { kind: "retry" | "failed" }> {
  const { reason } = reasonOfEgress(failure);
  return { kind: mayPass(reason) ? "retry" : "failed", reason };
}
