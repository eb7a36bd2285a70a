import "server-only";
import { openConversation } from "@/lib/egress/conversation";
import type { EgressPolicy } from "@/lib/egress/policy";
import type { Asking } from "./expects-https";

/**
 * True if the port of an `https://` origin answers plain http, and the policy would allow a credential there: then
 * the instruction may suggest `http://`. Requests the status page, without a credential.
 */
export async function expectsHttp(policy: EgressPolicy, origin: string, asking: Asking): Promise<boolean> {
  if (!origin.startsWith("https://")) return false;
  const opened = await openConversation(policy, origin.replace(/^https:/, "http:"), asking);
  if (!opened.ok) return false;
  const answer = await opened.conversation.request({ path: "/status" });
  await opened.conversation.close();
  return answer.ok;
}
