import type { BaseUrl } from "@/lib/connectors/base-url";
import type { CheckedServer, FailureReason, SignIn } from "@/lib/connectors/types";

export type Refused = {
  readonly kind: "refused";
  readonly reason: FailureReason;
  readonly retryAfterSeconds?: number;
  /** With NOT_PERMITTED, where the server named the account. */
  readonly accountName?: string;
  /** The base URL to which a redirect sends whoever comes by this one. */
  readonly movedTo?: BaseUrl;
};

/** What an answer to `application-properties` means. `nobody`: a Bitbucket, but it did not look at the credential. */
export type Meaning =
  | { readonly kind: "signed-in"; readonly accountName: string; readonly server: CheckedServer }
  | { readonly kind: "nobody"; readonly server: CheckedServer }
  | Refused;

/** How the request was sent; null scheme: without a credential. */
export type Sent = {
  readonly baseUrl: BaseUrl;
  readonly scheme: SignIn["scheme"] | null;
  /** Visitors do not get as far as Bitbucket: then what does not speak as Bitbucket is not taken for it. */
  readonly visitorTurnedAway?: boolean;
  /** Under the base URL; that of `application-properties` if not given. */
  readonly path?: string;
  readonly now?: number;
};
