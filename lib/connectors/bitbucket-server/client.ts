import "server-only";
import type { BaseUrl } from "@/lib/connectors/base-url";
import { authorizationHeader } from "@/lib/connectors/sign-in";
import type { SignIn } from "@/lib/connectors/types";
import type { Conversation } from "@/lib/egress/conversation";
import type { EgressRequest } from "@/lib/egress/exchange";
import type { EgressFailure } from "@/lib/egress/failure";
import { echoOf, withoutEcho } from "./echo";
import type { ServerAnswer } from "./server-answer";

export type Query = Readonly<Record<string, string | number>>;

/** How long one request may take until its headers, in milliseconds; the default limit if left out. */
export type RequestLimits = Pick<EgressRequest, "headersMs"> & {
  /** Asked when a connection is free: false ends the request unsent, as cancelled. */
  readonly isWanted?: () => boolean;
};

export type Got =
  | { readonly ok: true; readonly answer: ServerAnswer; readonly totalMs: number }
  | { readonly ok: false; readonly failure: EgressFailure };

/** Reads from one Bitbucket Server in one conversation. `path` begins with "/" and is appended to the base URL. */
export type BitbucketClient = {
  readonly get: (path: string, query?: Query, limits?: RequestLimits) => Promise<Got>;
  /** Like `get`, without the credential. */
  readonly getAsNobody: (
    path: string,
    query?: Query,
    headers?: Readonly<Record<string, string>>,
    limits?: RequestLimits,
  ) => Promise<Got>;
  /** Like `getAsNobody`, under another base URL of the same origin. */
  readonly getAsNobodyAt: (path: string, limits: RequestLimits, baseUrl: BaseUrl) => Promise<Got>;
};

/**
 * A client whose requests all stay under the base URL, context path included (resolving "/rest" against it would lose
 * the path), and whose answers never contain the secret that was sent. Never throws.
 */
export function bitbucketClient(
  conversation: Conversation,
  baseUrl: BaseUrl,
  signIn: SignIn,
): BitbucketClient {
  const tells = echoOf(signIn);
  const get = async (
    path: string,
    query: Query,
    headers: Readonly<Record<string, string>>,
    { isWanted, ...limits }: RequestLimits = {},
    { contextPath } = baseUrl,
  ): Promise<Got> => {
    const target = `${contextPath}${path}${queryText(query)}`;
    const result = await conversation.request({ path: target, headers, ...limits }, isWanted);
    if (!result.ok) return result;
    return { ok: true, answer: withoutEcho(result, tells), totalMs: result.timings.totalMs };
  };
  return {
    get: (path, query = {}, limits = {}) =>
      get(path, query, { authorization: authorizationHeader(signIn) }, limits),
    getAsNobody: (path, query = {}, headers = {}, limits = {}) => get(path, query, headers, limits),
    getAsNobodyAt: (path, limits, base) => get(path, {}, {}, limits, base),
  };
}

/** A query with its question mark; empty if there is none. */
export function queryText(query: Query): string {
  const text = new URLSearchParams(
    Object.entries(query).map(([key, value]) => [key, String(value)]),
  ).toString();
  return text === "" ? "" : `?${text}`;
}
