import "server-only";
import type { ApproachOptions } from "./approach";
import { openConversation } from "./conversation";
import type { CallOutResult, EgressRequest } from "./exchange";
import type { EgressPolicy } from "./policy";

/** One request by its full URL. A fragment is not sent. */
export type CallOutRequest = Omit<EgressRequest, "path"> & { readonly url: string };

/**
 * Makes one request under the policy: judged address, pinned connection, verified certificate, no redirect, limits on
 * time and size. Returns expected failures as values; never throws. For several requests to one server, open a
 * conversation.
 */
export async function callOut(
  policy: EgressPolicy,
  request: CallOutRequest,
  options: ApproachOptions = {},
): Promise<CallOutResult> {
  // The whole URL is judged, so that user info and the like are refused, not silently dropped.
  const opened = await openConversation(policy, request.url, options);
  if (!opened.ok) return opened;
  const { conversation } = opened;
  try {
    const url = new URL(request.url);
    const result = await conversation.request({ ...request, path: `${url.pathname}${url.search}` });
    if (!result.ok || conversation.certificate === null) return result;
    return { ...result, certificate: conversation.certificate };
  } finally {
    await conversation.close();
  }
}
