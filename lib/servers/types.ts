import type { PresentedCertificate } from "@/lib/egress/presented-certificate";

/** An authority may sign for the server; a pin is a single certificate that the server may present. */
export type TrustKind = "authority" | "pin";

/** The contents of a certificate without its bytes. Instants are ISO 8601 in UTC. */
export type CertificateDetails = Omit<PresentedCertificate, "pem">;

/** A current or former trust of one server. */
export type ServerTrust = {
  readonly id: string;
  readonly origin: string;
  readonly kind: TrustKind;
  readonly sha256: string;
  readonly subject: string;
  readonly names: readonly string[];
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly addedBy: string;
  readonly addedAt: string;
  /** Null while it is active. */
  readonly ended: { readonly by: string; readonly at: string } | null;
};

/** One Bitbucket on a server, according to the newest checks. */
export type KnownBitbucket = {
  readonly baseUrl: string;
  readonly version: string | null;
  readonly answeredAt: string | null;
  readonly unreachableSince: string | null;
};

/** All known facts about one origin: scheme, host and port. */
export type ServerSummary = {
  readonly origin: string;
  readonly bitbuckets: readonly KnownBitbucket[];
  /** From the newest verified check with a certificate; null without one. */
  readonly certificateEndsAt: string | null;
  readonly liveTrusts: number;
};

/** A certificate with the kinds of trust that would help; empty if none would. */
export type InspectedCertificate = CertificateDetails & { readonly offers: readonly TrustKind[] };

/** The result of inspecting a server's certificate, or a text. */
export type Inspection = {
  /** `server`: the presented chain, its own certificate first. `text`: what was pasted or uploaded. */
  readonly source: "server" | "text";
  readonly certificates: readonly InspectedCertificate[];
  /** Why the server's certificate is refused now; null if it is accepted, and for a text. */
  readonly refusal: { readonly title: string; readonly cure: string } | null;
  /** The server's certificate is for another name: then trusting its authority is not enough. */
  readonly isForOther: boolean;
  /** The text, which the decision sends along; empty for a server's certificates, which are read again. */
  readonly pem: string;
};
