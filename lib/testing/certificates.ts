import "reflect-metadata";
import { KeyObject } from "node:crypto";
import { isIPv4 } from "node:net";
import {
  BasicConstraintsExtension,
  Name,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** A certificate generated for one run of the tests or the sandbox, with its key, which is never stored. */
export type TestCertificate = {
  readonly cert: string;
  readonly key: string;
  readonly name: string;
  readonly privateKey: CryptoKey;
};

export type TestCertificateOptions = {
  readonly name: string;
  /** The names and IPv4 addresses of the certificate. */
  readonly hosts?: readonly string[];
  /** Whole days from now; negative days lie in the past. */
  readonly days?: readonly [from: number, to: number];
  /** Self-signed if left out. */
  readonly issuer?: TestCertificate;
  readonly isAuthority?: boolean;
};

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** Generates an X.509 v3 certificate (RFC 5280) with its own P-256 key and a random serial number. */
export async function makeCertificate(options: TestCertificateOptions): Promise<TestCertificate> {
  const { issuer, name, hosts = [], days = [-1, 365], isAuthority = false } = options;
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.create({
    subject: distinguishedName(name),
    issuer: distinguishedName(issuer?.name ?? name),
    notBefore: daysFromNow(days[0]),
    notAfter: daysFromNow(days[1]),
    publicKey,
    signingKey: issuer?.privateKey ?? privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(isAuthority, undefined, true),
      ...(hosts.length > 0 ? [new SubjectAlternativeNameExtension(hosts.map(alternativeName))] : []),
    ],
  });
  const key = KeyObject.from(privateKey).export({ type: "pkcs8", format: "pem" }).toString();
  return { cert: `${certificate.toString("pem")}\n`, key, name, privateKey };
}

// As JSON: in a text, the commas and backslashes of a hostile name would need escaping.
const distinguishedName = (name: string) => new Name([{ CN: [{ utf8String: name }] }]);
const alternativeName = (host: string) => ({ type: isIPv4(host) ? "ip" : "dns", value: host }) as const;
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000);
