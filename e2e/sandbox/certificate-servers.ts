import type { TlsOptions } from "node:tls";
import {
  makeCertificate,
  type TestCertificate,
  type TestCertificateOptions,
} from "@/lib/testing/certificates";

/** The sandbox's own certificate authority, and an intermediate one below it; never stored. */
interface Authority {
  root: TestCertificate;
  intermediate: TestCertificate;
}

/** A healthy server on its own https port. */
export interface CertificateServer {
  /** The name in the journal and on the console. */
  name: string;
  note: string;
  tls: (authority: Authority) => Promise<TlsOptions>;
}

/** No caller can have the required client certificate, so every handshake fails. */
const wantsCertificate = async ({ root }: Authority): Promise<TlsOptions> => ({
  ...(await signed(root, [root])),
  ca: root.cert,
  requestCert: true,
  rejectUnauthorized: true,
});

/** The authority, and the TLS options of each https server, by its name. */
export interface Certificates {
  root: TestCertificate;
  servers: ReadonlyMap<string, TlsOptions>;
}

/** Makes all certificates of a sandbox, the slowest part of its start. */
export async function makeCertificates(): Promise<Certificates> {
  const authority = await makeAuthority();
  const servers = new Map<string, TlsOptions>();
  for (const { name, tls } of certificateServers) servers.set(name, await tls(authority));
  return { root: authority.root, servers };
}

async function makeAuthority(): Promise<Authority> {
  const root = await makeCertificate({ name: "Latchkey sandbox authority", isAuthority: true });
  const intermediate = await makeCertificate({
    name: "Latchkey sandbox intermediate",
    isAuthority: true,
    issuer: root,
  });
  return { root, intermediate };
}

/** The https servers, on the ports after the sandbox's own, except the SSH port: see `listeners.ts`. */
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
    tls: async ({ root }) => ({
      ...(await signed(root, [root])),
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
      // OpenSSL 3 allows the old versions only at its lowest security level.
      ciphers: "DEFAULT@SECLEVEL=0",
    }),
  },
  {
    name: "tls:expired-intermediate",
    note: "In date itself; the intermediate that it sends along expired yesterday",
    tls: ({ root }) => below(root, [-90, -1]),
  },
  {
    name: "tls:early-intermediate",
    note: "In date itself; the intermediate that it sends along is valid from tomorrow on",
    tls: ({ root }) => below(root, [1, 90]),
  },
  {
    name: "tls:expired-authority",
    note: "In date itself; the authority that signed it expired yesterday",
    tls: async () => {
      const former = await makeCertificate({
        name: "Latchkey sandbox former authority",
        isAuthority: true,
        days: [-900, -1],
      });
      return signed(former, [former]);
    },
  },
  {
    name: "tls:client-certificate-12",
    note: "Wants a certificate of its callers, by TLS 1.2",
    tls: async (authority) => ({ ...(await wantsCertificate(authority)), maxVersion: "TLSv1.2" }),
  },
  {
    name: "tls:client-certificate-13",
    note: "Wants a certificate of its callers, by TLS 1.3, which says so after the greeting",
    tls: async (authority) => ({ ...(await wantsCertificate(authority)), minVersion: "TLSv1.3" }),
  },
];

async function below(root: TestCertificate, days: readonly [number, number]): Promise<TlsOptions> {
  const name = "Latchkey sandbox other intermediate";
  const between = await makeCertificate({ name, isAuthority: true, issuer: root, days });
  return signed(between, [between]);
}

async function signed(
  issuer: TestCertificate | undefined,
  chain: readonly TestCertificate[],
  options: Partial<TestCertificateOptions> = {},
): Promise<TlsOptions> {
  const made = await makeCertificate({
    name: "Latchkey sandbox server",
    hosts: ["localhost", "127.0.0.1"],
    ...(issuer ? { issuer } : {}),
    ...options,
  });
  return { cert: [made, ...chain].map((one) => one.cert).join(""), key: made.key };
}
