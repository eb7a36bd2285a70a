/** What the address doctor can answer. Pure and browser-safe. */

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
  | "OTHER_GIT_HOST";

export type BaseUrlChangeKind =
  | "TRIMMED"
  | "CLONE_COMMAND"
  | "SCHEME_ADDED"
  | "SCHEME_MENDED"
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

/** One thing that was mended, in words that may be shown; never contains a name, password or query that was taken out. */
export type BaseUrlChange = { readonly kind: BaseUrlChangeKind; readonly message: string };

export type BaseUrlRefusal = {
  readonly ok: false;
  readonly problem: BaseUrlProblem;
  readonly message: string;
};

export type BaseUrlDiagnosis =
  | {
      readonly ok: true;
      /** Scheme, host, port where it is not the usual one, context path; no closing slash. */
      readonly baseUrl: string;
      readonly origin: string;
      /** "" or "/" and the path under which Bitbucket lives, in its own case. */
      readonly contextPath: string;
      readonly changes: readonly BaseUrlChange[];
    }
  | BaseUrlRefusal;

/** A refusal in plain words that name the cure. */
export const refuseAddress = (problem: BaseUrlProblem, message: string): BaseUrlRefusal => ({
  ok: false,
  problem,
  message,
});

/** What was mended, as sentences for one place on a page. */
export function changesInWords(changes: readonly BaseUrlChange[]): string {
  return changes.map(({ message }) => message).join(" ");
}
