import type { TlsOptions } from "node:tls";
import {
  makeCertificate,
  type TestCertificate,
  type TestCertificateOptions,
} from "@/lib/egress/test-certificates";

/** The sandbox's own certificate authority, and an intermediate one below it; new at every start, and never stored. */
export interface Authority {
  root: TestCertificate;
  intermediate: TestCertificate;
}

/** A healthy server on a port of its own, reached over https. */
export interface CertificateServer {
  /** What journal and console call it. */
  name: string;
  note: string;
  tls: (authority: Authority) => TlsOptions;
}

/** Makes the authority; takes a few milliseconds. */
export function makeAuthority(): Authority {
  const root = makeCertificate({ name: "Latchkey sandbox authority", isAuthority: true });
  const intermediate = makeCertificate({
    name: "Latchkey sandbox intermediate",
    isAuthority: true,
    issuer: root,
  });
  return { root, intermediate };
}

/** The servers behind https: the one at index n listens at the sandbox's port plus n plus 1. */
export const certificateServers: readonly CertificateServer[] = [
  {
    name: "tls:good",
    note: "Good certificate of the sandbox's authority",
    tls: ({ root }) => signed(root, [root]),
  },
  {
    name: "tls:expired",
    note: "Expired yesterday",
    tls: ({ root }) => signed(root, [root], { days: [-90, -1] }),
  },
  {
    name: "tls:not-yet-valid",
    note: "Valid from tomorrow on",
    tls: ({ root }) => signed(root, [root], { days: [1, 90] }),
  },
  {
    name: "tls:wrong-host",
    note: "For bitbucket.fernwood.example, not for localhost",
    tls: ({ root }) => signed(root, [root], { hosts: ["bitbucket.fernwood.example"] }),
  },
  { name: "tls:self-signed", note: "Signed by itself", tls: () => signed(undefined, []) },
  {
    name: "tls:incomplete-chain",
    note: "Does not send its intermediate certificate",
    tls: ({ intermediate }) => signed(intermediate, []),
  },
  {
    name: "tls:ends-soon",
    note: "Good, ends in 20 days",
    tls: ({ root }) => signed(root, [root], { days: [-345, 20] }),
  },
  {
    name: "tls:old",
    note: "Good certificate, but TLS 1.1 at most",
    tls: ({ root }) => ({
      ...signed(root, [root]),
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
      // OpenSSL 3 keeps the old versions for those who ask for its lowest level of security.
      ciphers: "DEFAULT@SECLEVEL=0",
    }),
  },
];

function signed(
  issuer: TestCertificate | undefined,
  chain: readonly TestCertificate[],
  options: Partial<TestCertificateOptions> = {},
): TlsOptions {
  const made = makeCertificate({
    name: "Latchkey sandbox server",
    hosts: ["localhost", "127.0.0.1"],
    ...(issuer ? { issuer } : {}),
    ...options,
  });
  return { cert: [made, ...chain].map((one) => one.cert).join(""), key: made.key };
}
