import "server-only";
import { openConversation } from "@/lib/egress/conversation";
import type { Resolver } from "@/lib/egress/dns-lookups";
import type { EgressLimits } from "@/lib/egress/limits";
import type { EgressPolicy } from "@/lib/egress/policy";

/** The limits and signal for a request beside the check. */
export type Asking = {
  readonly limits?: Partial<EgressLimits>;
  readonly resolve?: Resolver;
  readonly signal: AbortSignal;
};

/**
 * True if the port of an `http://` origin answers a TLS handshake. Most TLS servers just hang up on plain http, so
 * without this an ordinary mistake would look like an unreachable server. Sends no request.
 */
export async function expectsHttps(policy: EgressPolicy, origin: string, asking: Asking): Promise<boolean> {
  if (!origin.startsWith("http://")) return false;
  const opened = await openConversation(policy, origin.replace(/^http:/, "https:"), asking);
  if (!opened.ok)
    return opened.failure.kind === "certificate" || opened.failure.kind === "client-certificate";
  await opened.conversation.close();
  return true;
}
