import "server-only";
import { echoOf, withoutEcho } from "@/lib/bitbucket/echo";
import type { ServerAnswer } from "@/lib/bitbucket/server-answer";
import { authorizationHeader } from "@/lib/bitbucket/sign-in";
import type { SignIn } from "@/lib/bitbucket/types";
import type { Conversation } from "@/lib/egress/conversation";
import type { EgressFailure } from "@/lib/egress/failure";

export type Query = Readonly<Record<string, string | number>>;

export type Got =
  | { readonly ok: true; readonly answer: ServerAnswer; readonly totalMs: number }
  | { readonly ok: false; readonly failure: EgressFailure };

/** Reads from one Bitbucket Server over one connection. `path` begins with "/" and stands under the base URL. */
export type BitbucketClient = {
  readonly get: (path: string, query?: Query) => Promise<Got>;
  /** The same without the credential. */
  readonly getAsNobody: (
    path: string,
    query?: Query,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Got>;
};

/**
 * A client whose requests all stay under the base URL, context path included (`new URL("/rest", base)` would lose it),
 * and whose answers do not say the secret that was sent. Never throws.
 */
export function bitbucketClient(
  conversation: Conversation,
  baseUrl: string,
  signIn: SignIn,
): BitbucketClient {
  const contextPath = new URL(baseUrl).pathname.replace(/\/$/, "");
  const tells = echoOf(signIn);
  const get = async (path: string, query: Query, headers: Readonly<Record<string, string>>): Promise<Got> => {
    const result = await conversation.request({ path: `${contextPath}${path}${queryText(query)}`, headers });
    if (!result.ok) return result;
    return { ok: true, answer: withoutEcho(result, tells), totalMs: result.timings.totalMs };
  };
  return {
    get: (path, query = {}) => get(path, query, { authorization: authorizationHeader(signIn) }),
    getAsNobody: (path, query = {}, headers = {}) => get(path, query, headers),
  };
}

function queryText(query: Query): string {
  const text = new URLSearchParams(
    Object.entries(query).map(([key, value]) => [key, String(value)]),
  ).toString();
  return text === "" ? "" : `?${text}`;
}
