import "server-only";
import type { webhooks } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import { callOut } from "@/lib/egress/call-out";
import type { EgressFailureKind } from "@/lib/egress/failure";
import { egressLimits, egressPolicy } from "@/lib/portal/egress";
import { openWebhookSecret } from "./secret";
import { signatureHeaders } from "./sign";

/** Why a message did not arrive: no answer, or one that is not a success. */
export type WebhookFailure = EgressFailureKind | "not-accepted" | "gone";

/** What came of one attempt; `status`: the receiver's, if it answered. */
export type WebhookResult =
  | { readonly ok: true; readonly status: number }
  | { readonly ok: false; readonly failure: WebhookFailure; readonly status: number | null };

const gone = 410;

/**
 * Posts a body to a webhook, signed, under the policy for calls out; follows no redirect. Throws only what the
 * database or the seal does.
 */
export async function callWebhook(
  db: Db,
  webhook: typeof webhooks.$inferSelect,
  { id, body }: { id: string; body: string },
): Promise<WebhookResult> {
  const secret = await openWebhookSecret(db, webhook);
  const timestamp = Math.floor(Date.now() / 1000);
  const answer = await callOut(
    egressPolicy(),
    {
      method: "POST",
      url: webhook.address,
      headers: { "content-type": "application/json", ...signatureHeaders(secret, { id, timestamp, body }) },
      body,
    },
    { limits: egressLimits() },
  );
  if (!answer.ok) return { ok: false, failure: answer.failure.kind, status: null };
  const { status } = answer;
  if (status >= 200 && status < 300) return { ok: true, status };
  return { ok: false, failure: status === gone ? "gone" : "not-accepted", status };
}
