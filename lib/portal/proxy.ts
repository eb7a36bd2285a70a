import "server-only";
import { type EgressProxy, parseNoProxy } from "@/lib/egress/proxy";
import { type Environment, EnvironmentError } from "@/lib/env";
import { Secret } from "@/lib/secret";

type ProxySettings = Pick<Environment, "EGRESS_PROXY" | "EGRESS_NO_PROXY" | "HTTPS_PROXY" | "NO_PROXY">;

/**
 * The outgoing proxy, from the settings; null without one. `HTTPS_PROXY` counts only if `EGRESS_PROXY` is
 * `environment`: it is often set for other programs. Throws `EnvironmentError`, without a secret.
 */
export function readProxy(settings: ProxySettings, caCertificates: readonly string[]): EgressProxy | null {
  const { EGRESS_PROXY: chosen = "off" } = settings;
  if (chosen === "off") return null;
  const isOfEnvironment = chosen === "environment";
  const url = proxyUrl(isOfEnvironment ? (settings.HTTPS_PROXY ?? "") : chosen);
  if (url === null) {
    throw refuse(
      "EGRESS_PROXY is environment, so HTTPS_PROXY must be a proxy such as http://proxy.example.com:3128",
    );
  }
  const isSecure = url.protocol === "https:";
  return {
    isSecure,
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(url.port) || (isSecure ? 443 : 80),
    authorization: authorizationOf(url),
    direct: directRules(settings, isOfEnvironment),
    caCertificates,
  };
}

/** The start-up log line about the proxy: its address, never its password; null if there is nothing to say. */
export function proxyNotice(settings: ProxySettings, proxy: EgressProxy | undefined): string | null {
  if (proxy !== undefined) return `calls out go through the proxy ${proxy.host}:${proxy.port}`;
  if (!settings.HTTPS_PROXY || settings.EGRESS_PROXY !== undefined) return null;
  return "HTTPS_PROXY is set and not used: EGRESS_PROXY=environment takes it, EGRESS_PROXY=off leaves it aside";
}

/** `HTTPS_PROXY` is often written without its scheme. */
function proxyUrl(text: string): URL | null {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (text === "" || !URL.canParse(written)) return null;
  const url = new URL(written);
  return /^https?:$/.test(url.protocol) && url.hostname !== "" ? url : null;
}

function authorizationOf({ username, password }: URL): EgressProxy["authorization"] {
  if (username === "" && password === "") return null;
  const pair = Secret.of(`${decoded(username)}:${decoded(password)}`);
  return () => pair.use((text) => `Basic ${Buffer.from(text, "utf8").toString("base64")}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function directRules(settings: ProxySettings, isOfEnvironment: boolean): EgressProxy["direct"] {
  const own = parseNoProxy(settings.EGRESS_NO_PROXY);
  if (own.unreadable.length > 0) {
    throw refuse(`EGRESS_NO_PROXY must hold names, addresses and ranges; not ${own.unreadable.join(", ")}`);
  }
  // Entries for other programs that mean nothing here are ignored.
  const isTheirs = isOfEnvironment && settings.EGRESS_NO_PROXY === "";
  return isTheirs ? parseNoProxy(settings.NO_PROXY).direct : own.direct;
}

function refuse(line: string): EnvironmentError {
  return new EnvironmentError(`Latchkey cannot start:\n  ${line}`);
}
