import "server-only";
import type { Actor } from "@/lib/actor";
import type { BaseUrl } from "@/lib/connectors/base-url";
import { reasonOfEgress } from "@/lib/connectors/bitbucket-server/egress-reason";
import { describeFailure } from "@/lib/connectors/bitbucket-server/reasons";
import type { Db } from "@/lib/db/types";
import type { EgressFailure } from "@/lib/egress/failure";
import { type CertificateLook, lookAtCertificate } from "@/lib/egress/look-at-certificate";
import type { PresentedCertificate } from "@/lib/egress/presented-certificate";
import { log } from "@/lib/log";
import { egressLimits } from "@/lib/portal/egress";
import { checkLimit, consume, targetLimit } from "@/lib/rate-limit";
import { canBeTrusted } from "./policy";
import { egressPolicyFor } from "./trusted-egress";
import type { Inspection, TrustKind } from "./types";

/** Reads a server's certificates, within the limits of checks, since it is traffic to a server as well. */
export async function lookFor(db: Db, actor: Actor, server: BaseUrl): Promise<CertificateLook> {
  await consume(db, checkLimit, actor.userId);
  await consume(db, targetLimit, server.host);
  const look = await lookAtCertificate(await egressPolicyFor(db, server), server.origin, {
    limits: egressLimits(),
  });
  const failure = look.ok ? look.refusal : look.failure;
  if (failure) log().info({ requestId: actor.requestId, failure }, "a look at a certificate met a failure");
  return look;
}

/** A server's certificates as its page shows them, with the possible remedies if they are refused. */
export function inspectionOfServer(look: CertificateLook & { ok: true }): Inspection {
  const [own] = look.chain;
  // No trust helps against an out-of-date certificate.
  const couldHelp = look.refusal !== null && canBeTrusted(own, "pin");
  return {
    source: "server",
    certificates: look.chain.map((certificate, index) =>
      inspected(certificate, couldHelp ? kindsFor(certificate, index === 0) : []),
    ),
    refusal: look.refusal && inWords(look.refusal),
    isForOther: !look.isForHost && look.refusal?.certificateReason !== "wrong-host",
    pem: "",
  };
}

/** A text's certificates as the page shows them: only authorities can be trusted without the server presenting them. */
export function inspectionOfText(certificates: readonly PresentedCertificate[]): Inspection {
  return {
    source: "text",
    certificates: certificates.map((certificate) => inspected(certificate, kindsFor(certificate, false))),
    refusal: null,
    isForOther: false,
    pem: certificates.map(({ pem }) => pem).join(""),
  };
}

/**
 * The certificate that a decision names, among those present now; null if it is missing, or cannot have that role:
 * only the server's own certificate, the first, can be pinned.
 */
export function findCertificate(
  certificates: readonly PresentedCertificate[],
  kind: TrustKind,
  sha256: string,
): PresentedCertificate | null {
  const candidates = kind === "pin" ? certificates.slice(0, 1) : certificates;
  const found = candidates.find((certificate) => certificate.sha256 === sha256);
  return found && canBeTrusted(found, kind) ? found : null;
}

/** The certificates that a server presents; null if it could not be asked. */
export function chainOf(look: CertificateLook): readonly PresentedCertificate[] | null {
  return look.ok ? look.chain : null;
}

/** The texts for a failed inspection, in a check's words. */
export function inWords(failure: EgressFailure): { title: string; cure: string } {
  const outcome = { kind: "failed", step: "certificate", ...withoutStep(failure), steps: [] } as const;
  const { title, cure } = describeFailure(outcome, { scheme: "bearer", keyInUsernameField: false });
  return { title, cure };
}

function withoutStep(failure: EgressFailure) {
  const { step: _rung, ...reason } = reasonOfEgress(failure);
  return reason;
}

function kindsFor(certificate: PresentedCertificate, isOwn: boolean): TrustKind[] {
  const kinds: TrustKind[] = isOwn ? ["authority", "pin"] : ["authority"];
  return kinds.filter((kind) => canBeTrusted(certificate, kind));
}

function inspected({ pem: _pem, ...details }: PresentedCertificate, offers: TrustKind[]) {
  return { ...details, offers };
}
