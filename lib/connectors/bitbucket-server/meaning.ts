import type { BaseUrl } from "@/lib/connectors/base-url";
import type { CheckedServer, FailureReason, SignIn } from "@/lib/connectors/types";

export type Refused = {
  readonly kind: "refused";
  readonly reason: FailureReason;
  readonly retryAfterSeconds?: number;
  /** With NOT_PERMITTED, if the server named the account. */
  readonly accountName?: string;
  /** The base URL to which a redirect leads. */
  readonly movedTo?: BaseUrl;
};

/** The meaning of an answer to `application-properties`. `nobody`: a Bitbucket that ignored the credential. */
export type Meaning =
  | { readonly kind: "signed-in"; readonly accountName: string; readonly server: CheckedServer }
  | { readonly kind: "nobody"; readonly server: CheckedServer }
  | Refused;

/** How the request was sent; `scheme` is null without a credential. */
export type Sent = {
  readonly baseUrl: BaseUrl;
  readonly scheme: SignIn["scheme"] | null;
  /** Visitors do not reach Bitbucket: then only answers with Bitbucket's own signs count as its own. */
  readonly visitorTurnedAway?: boolean;
  /** Under the base URL; `application-properties` if left out. */
  readonly path?: string;
  readonly now?: number;
};
