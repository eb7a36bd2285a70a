import type { PresentedCertificate } from "@/lib/egress/presented-certificate";

/** An authority may sign for the server; a pin is one certificate that the server itself may present. */
export type TrustKind = "authority" | "pin";

/** What a certificate says of itself, without its bytes. Instants are ISO 8601 in UTC. */
export type CertificateDetails = Omit<PresentedCertificate, "pem">;

/** Something that is or was trusted for one server. */
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
  /** Null while it holds. */
  readonly ended: { readonly by: string; readonly at: string } | null;
};

/** One Bitbucket of a server, as the newest checks found it. */
export type KnownBitbucket = {
  readonly baseUrl: string;
  readonly version: string | null;
  readonly answeredAt: string | null;
  readonly unreachableSince: string | null;
};

/** Everything that is known at one origin: scheme, host and port. */
export type ServerSummary = {
  readonly origin: string;
  readonly bitbuckets: readonly KnownBitbucket[];
  /** Of the certificate that the newest good check met; null where none was met yet. */
  readonly certificateEndsAt: string | null;
  readonly liveTrusts: number;
};

/** A certificate with the ways in which it may be trusted: none where that would not help. */
export type InspectedCertificate = CertificateDetails & { readonly offers: readonly TrustKind[] };

/** What was found when looking at a server's certificate, or into a text. */
export type Inspection = {
  /** `server`: what it presents, its own certificate first. `text`: what was pasted or uploaded. */
  readonly source: "server" | "text";
  readonly certificates: readonly InspectedCertificate[];
  /** Why the server's certificate is refused today; null when it is accepted, and for a text. */
  readonly refusal: { readonly title: string; readonly cure: string } | null;
  /** The server's certificate is for another name as well: then its authority alone does not help. */
  readonly isForOther: boolean;
  /** The text, which goes along with the decision; empty for what a server presents, which is then asked for anew. */
  readonly pem: string;
};
