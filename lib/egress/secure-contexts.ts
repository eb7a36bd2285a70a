import "server-only";
import { X509Certificate } from "node:crypto";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";

/** Parsing the well-known authorities takes milliseconds, so each set of additional ones is parsed once. */
const contexts = new Map<string, SecureContext>();
/** Each context holds all well-known authorities; the least recently used one is dropped. */
const contextsKept = 32;

/**
 * TLS settings that trust the well-known authorities, `everywhere` and `here`; equal sets share one context, so a
 * context never trusts more than it was asked for. An authority in `here` may be an intermediate: servers seldom send
 * the root above it.
 */
export function secureContextFor(everywhere: readonly string[], here: readonly string[]): SecureContext {
  const key = JSON.stringify([everywhere, here]);
  const context = contexts.get(key) ?? makeContext(everywhere, here);
  contexts.delete(key);
  contexts.set(key, context);
  const [oldest] = contexts.keys();
  if (contexts.size > contextsKept && oldest !== undefined) contexts.delete(oldest);
  return context;
}

function makeContext(everywhere: readonly string[], here: readonly string[]): SecureContext {
  const more = [...everywhere, ...here];
  return createSecureContext({
    minVersion: "TLSv1.2",
    ...(more.length > 0 ? { ca: [...rootCertificates, ...more] } : {}),
    // Only where needed: with this option, OpenSSL no longer distinguishes an incomplete chain from an unknown issuer.
    allowPartialTrustChain: here.some(isIntermediate),
  });
}

function isIntermediate(pem: string): boolean {
  const certificate = new X509Certificate(pem);
  return !certificate.checkIssued(certificate);
}

/** TLS settings that trust no authority, only for looking at presented certificates. */
export function trustNobody(): SecureContext {
  return createSecureContext({ minVersion: "TLSv1.2", ca: [] });
}
