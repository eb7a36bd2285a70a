import "server-only";
import { readFileSync } from "node:fs";
import { type AllowRule, parseAllowRules } from "@/lib/egress/allow-rules";
import type { EgressLimits } from "@/lib/egress/limits";
import type { EgressPolicy } from "@/lib/egress/policy";
import { type Environment, EnvironmentError, env } from "@/lib/env";
import { databaseEndpoints, portalEndpoints } from "./own-endpoints";
import { readProxy } from "./proxy";

let policy: EgressPolicy | undefined;

/** The egress policy from the environment. Throws `EnvironmentError`. */
export function egressPolicy(): EgressPolicy {
  policy ??= loadEgressPolicy(env());
  return policy;
}

/** The limits of every call, from the environment. Throws `EnvironmentError`. */
export function egressLimits(environment: Environment = env()): EgressLimits {
  return {
    lookupMs: environment.EGRESS_LOOK_UP_MS,
    connectMs: environment.EGRESS_CONNECT_MS,
    headersMs: environment.EGRESS_HEADERS_MS,
    totalMs: environment.EGRESS_ANSWER_MS,
    bodyBytes: environment.EGRESS_BODY_BYTES,
    headerBytes: environment.EGRESS_HEADER_BYTES,
    queueMs: environment.EGRESS_QUEUE_MS,
  };
}

/** Like `egressPolicy`, for a given environment. */
export function loadEgressPolicy(
  environment: Pick<
    Environment,
    | "EGRESS_MODE"
    | "EGRESS_ALLOW"
    | "EGRESS_LOOPBACK"
    | "EGRESS_PLAIN_HTTP"
    | "EGRESS_CA_FILE"
    | "EGRESS_PROXY"
    | "EGRESS_NO_PROXY"
    | "HTTPS_PROXY"
    | "NO_PROXY"
    | "DATABASE_URL"
    | "APP_ORIGIN"
    | "PORT"
    | "BIND"
  >,
): EgressPolicy {
  const rulesOf = (name: "EGRESS_ALLOW" | "EGRESS_PLAIN_HTTP") => readRules(name, environment[name]);
  const caCertificates = environment.EGRESS_CA_FILE ? [readCertificates(environment.EGRESS_CA_FILE)] : [];
  const proxy = readProxy(environment, caCertificates);
  return {
    mode: environment.EGRESS_MODE,
    allow: rulesOf("EGRESS_ALLOW"),
    loopback: environment.EGRESS_LOOPBACK === "on",
    plainHttp: rulesOf("EGRESS_PLAIN_HTTP"),
    forbiddenEndpoints: [
      ...portalEndpoints(environment),
      ...(environment.DATABASE_URL ? databaseEndpoints(environment.DATABASE_URL) : []),
      // The proxy is the way to servers, never a server to call.
      ...(proxy === null ? [] : [{ host: proxy.host, port: proxy.port }]),
    ],
    caCertificates,
    ...(proxy === null ? {} : { proxy }),
  };
}

function readRules(name: string, text: string): readonly AllowRule[] {
  const read = parseAllowRules(text);
  if (read.ok) return read.rules;
  const lines = read.errors.map((line) => `  ${name} ${line}`);
  throw new EnvironmentError(`Latchkey cannot start:\n${lines.join("\n")}`);
}

function readCertificates(file: string): string {
  try {
    const pem = readFileSync(file, "utf8");
    if (pem.includes("-----BEGIN CERTIFICATE-----")) return pem;
  } catch {
    // Falls through to the one message that says what to do.
  }
  throw new EnvironmentError(
    "Latchkey cannot start:\n  EGRESS_CA_FILE must name a readable PEM file of certificates",
  );
}
