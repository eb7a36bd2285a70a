import "server-only";
import { openConversation } from "@/lib/egress/conversation";
import type { EgressPolicy } from "@/lib/egress/policy";
import type { Asking } from "./expects-https";

/**
 * True when the port of an `https://` origin answers a request over plain http, and the policy would let a credential go
 * there that way: then `http://` is a cure. Asks for the status page, without a credential.
 */
export async function expectsHttp(policy: EgressPolicy, origin: string, asking: Asking): Promise<boolean> {
  if (!origin.startsWith("https://")) return false;
  const opened = await openConversation(policy, origin.replace(/^https:/, "http:"), asking);
  if (!opened.ok) return false;
  const answer = await opened.conversation.request({ path: "/status" });
  await opened.conversation.close();
  return answer.ok;
}
