import { holdsApiKey } from "@/lib/bitbucket/api-key-shape";
import { type BaseUrlChange, type BaseUrlDiagnosis, refuseAddress } from "@/lib/bitbucket/base-url-diagnosis";
import { contextPathOf } from "@/lib/bitbucket/context-path";
import { foreignHost, foreignPath } from "@/lib/bitbucket/foreign-address";
import { readTypedAddress } from "@/lib/bitbucket/typed-address";

export type {
  BaseUrlChange,
  BaseUrlChangeKind,
  BaseUrlDiagnosis,
  BaseUrlProblem,
} from "@/lib/bitbucket/base-url-diagnosis";

const maximumLength = 2047;
const label = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
const hostPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-f:.]+\\])$`);

/**
 * Turns whatever a person pasted into the base URL of a Bitbucket Server, and tells what was changed, or says in plain
 * words why it cannot be one. Pure, never throws, and idempotent: a base URL comes back as it is, without changes. Keeps
 * `http://` where it was typed; whether that is allowed is for the egress policy. User names, passwords, queries and
 * session ids in the text are taken out and appear in no part of the answer.
 */
export function diagnoseBaseUrl(typed: string): BaseUrlDiagnosis {
  if (typed.length > maximumLength) {
    return refuseAddress(
      "TOO_LONG",
      "This is far longer than the address of a server. Paste only its beginning.",
    );
  }
  if (holdsApiKey(typed)) {
    return refuseAddress(
      "LOOKS_LIKE_API_KEY",
      "This looks like an API key. It belongs in the field Username Or API Key; here goes the server's address.",
    );
  }
  const read = readTypedAddress(typed);
  if (!read.ok) return read;
  const { scheme, authority, rest, changes } = read;

  const url = parse(`${scheme}://${authority}${rest}`);
  if (url === null || !isHost(url.hostname)) {
    return refuseAddress(
      "NOT_AN_ADDRESS",
      "This is not an address. It should look like https://bitbucket.example.com.",
    );
  }
  const ipv4 = mappedIpv4(url.hostname);
  if (ipv4 !== null) url.hostname = ipv4;
  const foreign = foreignHost(url.hostname) ?? foreignPath(url.pathname);
  if (foreign !== null) return foreign;

  const path = contextPathOf(url.pathname, rest.startsWith("/"));
  if (!path.ok) return path;
  if (rest.includes("?") || rest.includes("#")) {
    changes.push({ kind: "QUERY_REMOVED", message: "The part after the path was left out." });
  }
  if (/:0*(80|443)$/.test(authority) && url.port === "") {
    changes.push({ kind: "DEFAULT_PORT_REMOVED", message: "The usual port need not be written." });
  }
  return {
    ok: true,
    baseUrl: `${url.origin}${path.contextPath}`,
    origin: url.origin,
    contextPath: path.contextPath,
    changes: [...changes, ...hostChanges(authority, url.hostname), ...path.changes],
  };
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function isHost(hostname: string): boolean {
  return hostname.length <= 253 && hostPattern.test(hostname);
}

/** The IPv4 address that is written as IPv6 (RFC 4291, 2.5.5.2): the network knows one of them, so there is one spelling. */
function mappedIpv4(hostname: string): string | null {
  const words = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(hostname)?.slice(1);
  if (words === undefined) return null;
  return words
    .map((word) => Number.parseInt(word, 16))
    .flatMap((word) => [word >> 8, word & 255])
    .join(".");
}

function hostChanges(authority: string, hostname: string): BaseUrlChange[] {
  const typedHost = authority.replace(/:\d*$/, "");
  if (typedHost === hostname) return [];
  if (typedHost.toLowerCase() === hostname) {
    return [{ kind: "LOWER_CASED", message: "The host name was put in lower case." }];
  }
  if (hostname.includes("xn--")) {
    return [
      {
        kind: "HOST_ASCII",
        message: `The host name has letters beyond a to z; on the network it is ${hostname}.`,
      },
    ];
  }
  return [
    {
      kind: "HOST_REWRITTEN",
      message: `The host was written in an unusual way; the network reads it as ${hostname}.`,
    },
  ];
}
