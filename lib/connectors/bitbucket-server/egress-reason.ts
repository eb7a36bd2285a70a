import type { AddressCause, CertificateReason, FailureReason, StepName } from "@/lib/connectors/types";
import type { EgressFailure, EgressFailureKind, EgressPhase } from "@/lib/egress/failure";

const reasons: Readonly<Record<EgressFailureKind, FailureReason>> = {
  scheme: "PLAIN_HTTP_NOT_ALLOWED",
  "forbidden-port": "PORT_NOT_ALLOWED",
  "forbidden-address": "ADDRESS_NOT_ALLOWED",
  "not-allow-listed": "ADDRESS_NOT_ALLOWED",
  "name-unknown": "NAME_UNKNOWN",
  "dns-error": "NAME_UNKNOWN",
  unreachable: "UNREACHABLE",
  timeout: "TIMED_OUT",
  certificate: "CERTIFICATE_REFUSED",
  "not-tls": "HTTP_ONLY_SERVER",
  "tls-expected": "HTTPS_EXPECTED",
  "client-certificate": "CLIENT_CERTIFICATE_WANTED",
  "proxy-unreachable": "PROXY_UNREACHABLE",
  "proxy-silent": "PROXY_SILENT",
  "proxy-sign-in": "PROXY_SIGN_IN",
  "proxy-refuses": "PROXY_REFUSES",
  "proxy-no-way": "PROXY_NO_WAY",
  "proxy-unreadable": "PROXY_UNREADABLE",
  "too-large": "ANSWER_TOO_LARGE",
  "headers-too-large": "HEADERS_TOO_LARGE",
  "bad-encoding": "ANSWER_COMPRESSED",
  malformed: "ANSWER_UNREADABLE",
  busy: "PORTAL_BUSY",
  cancelled: "CANCELLED",
};

/** The step at which a call fails in this phase; null: the current step. */
const steps: Readonly<Record<EgressPhase, StepName | null>> = {
  address: "address",
  name: "name",
  connection: "connection",
  certificate: "certificate",
  exchange: null,
};

/** Translates a failed call into a check's reason. Network details stay in the log. */
export function reasonOfEgress(failure: EgressFailure): {
  readonly reason: FailureReason;
  readonly step: StepName | null;
  readonly certificateReason?: CertificateReason;
  readonly certificateDate?: string;
  readonly addressCause?: AddressCause;
} {
  const { certificateReason, certificateDate, addressCause } = failure;
  return {
    reason: reasons[failure.kind],
    step: steps[failure.phase],
    ...(certificateReason === undefined ? {} : { certificateReason }),
    ...(certificateDate === undefined ? {} : { certificateDate }),
    ...(addressCause === undefined ? {} : { addressCause }),
  };
}

/** Failures of the network that may pass by themselves. */
const passing: ReadonlySet<FailureReason> = new Set([
  "NAME_UNKNOWN",
  "UNREACHABLE",
  "TIMED_OUT",
  "PROXY_UNREACHABLE",
  "PROXY_SILENT",
  "PROXY_NO_WAY",
  "PROXY_UNREADABLE",
  "ANSWER_UNREADABLE",
  "PORTAL_BUSY",
  "CANCELLED",
]);

/** True for a failure of the network that may pass by itself. */
export function mayPass(reason: FailureReason): boolean {
  return passing.has(reason);
}
