import type { BaseUrl } from "./base-url";

/** The results of a connector's base-URL normalizer. Pure and browser-safe. */

export type BaseUrlProblem =
  | "EMPTY"
  | "TOO_LONG"
  | "CONTROL_CHARACTERS"
  | "BACKSLASH"
  | "UNSUPPORTED_SCHEME"
  | "NOT_AN_ADDRESS"
  | "BAD_PORT"
  | "LOOK_ALIKE_HOST"
  | "AT_SIGN_UNCLEAR"
  | "LOOKS_LIKE_EMAIL"
  | "LOOKS_LIKE_API_KEY"
  | "BITBUCKET_CLOUD"
  | "OTHER_ATLASSIAN_PRODUCT"
  | "OTHER_GIT_HOST"
  | "SEVERAL_ADDRESSES"
  | "WRAPPED_LINK";

export type BaseUrlChangeKind =
  | "TRIMMED"
  | "CLONE_COMMAND"
  | "LINK_TAKEN"
  | "WRAPPER_REMOVED"
  | "SCHEME_ADDED"
  | "SCHEME_NORMALIZED"
  | "SSH_LINK"
  | "USERINFO_REMOVED"
  | "LOWER_CASED"
  | "HOST_ASCII"
  | "HOST_REWRITTEN"
  | "DEFAULT_PORT_REMOVED"
  | "QUERY_REMOVED"
  | "PATH_CUT"
  | "PATH_REWRITTEN"
  | "SLASHES_REMOVED";

/** One change of the normalizer, in words that may be shown; never contains a removed name, password or query. */
export type BaseUrlChange = { readonly kind: BaseUrlChangeKind; readonly message: string };

export type BaseUrlRefusal = {
  readonly ok: false;
  readonly problem: BaseUrlProblem;
  readonly message: string;
};

export type BaseUrlDiagnosis =
  | {
      readonly ok: true;
      readonly baseUrl: BaseUrl;
      /** The host with its `xn--` labels decoded, since they hide what they spell; null without such labels. */
      readonly spelledOut: string | null;
      readonly changes: readonly BaseUrlChange[];
    }
  | BaseUrlRefusal;

/** A refusal; its message says in plain words what to do. */
export const refuseAddress = (problem: BaseUrlProblem, message: string): BaseUrlRefusal => ({
  ok: false,
  problem,
  message,
});

/**
 * The note below the base-URL field: the changes made, how a host with `xn--` labels reads, and that http is not
 * encrypted. Empty without any of these.
 */
export function changesInWords({
  baseUrl,
  changes,
  spelledOut,
}: Extract<BaseUrlDiagnosis, { ok: true }>): string {
  const words = changes.map(({ message }) => message);
  if (spelledOut !== null) words.push(`Spelled out, the host name is ${spelledOut}${lettersOf(spelledOut)}.`);
  if (baseUrl.protocol === "http:") words.push("Over plain http the secret travels in clear.");
  return words.join(" ");
}

const alphabets = [
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Greek", /\p{Script=Greek}/u],
  ["Armenian", /\p{Script=Armenian}/u],
  ["Cherokee", /\p{Script=Cherokee}/u],
] as const;

/** Names the alphabet of letters that look like Latin ones: the spelled-out "аррӏе" alone would mislead. */
function lettersOf(name: string): string {
  const found = alphabets.filter(([, letter]) => letter.test(name)).map(([alphabet]) => alphabet);
  return found.length === 0 ? "" : `, with ${found.join(" and ")} letters`;
}
