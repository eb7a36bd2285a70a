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

/** Looks at what a server presents, within the limits of checks: it is traffic to somebody's server like theirs. */
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

/** What a server presents, as its page shows it, with the ways out where it is refused. */
export function inspectionOfServer(look: CertificateLook & { ok: true }): Inspection {
  const [own] = look.chain;
  // Out of date is out of date, whoever signed it.
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

/** What a text held, as the page shows it: authorities alone can be trusted without seeing the server present them. */
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
 * The certificate that a decision names, among those that are there at this moment; null when it is not, or not in that
 * role: only the server's own certificate, the first, can be pinned.
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

/** What a server presents; null when it could not be looked at. */
export function chainOf(look: CertificateLook): readonly PresentedCertificate[] | null {
  return look.ok ? look.chain : null;
}

/** A failed look in the words of a check. */
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
