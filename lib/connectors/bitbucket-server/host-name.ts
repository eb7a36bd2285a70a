import type { BaseUrlChange } from "@/lib/connectors/base-url-diagnosis";
import { spellOutHost } from "@/lib/text/punycode";

const label = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
const hostPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-f:.]+\\])$`);

/** True for a host as the network knows it (lower case, ASCII, at most 253 characters), or an IPv6 address in brackets. */
export function isHost(hostname: string): boolean {
  return hostname.length <= 253 && hostPattern.test(hostname);
}

/**
 * The IPv4 address inside an IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2): both are one host, so the portal keeps one
 * spelling.
 */
export function mappedIpv4(hostname: string): string | null {
  const words = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(hostname)?.slice(1);
  if (words === undefined) return null;
  return words
    .map((word) => Number.parseInt(word, 16))
    .flatMap((word) => [word >> 8, word & 255])
    .join(".");
}

/** Latin next to Cyrillic, Greek, Armenian or Cherokee within one label: https://www.unicode.org/reports/tr39/#Restriction_Level_Detection */
export function mixesAlphabets(authority: string): boolean {
  const lookAlike = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
  return spellOutHost(authority)
    .split(".")
    .some((part) => /[a-z]/i.test(part) && lookAlike.test(part));
}

/** The readable form of a host with `xn--` labels; null if it does not differ. */
export function spelledOut(hostname: string): string | null {
  const readable = spellOutHost(hostname);
  return readable === hostname ? null : readable;
}

/** The differences between the host as typed and as the network knows it, in words. */
export function hostChanges(authority: string, hostname: string): BaseUrlChange[] {
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
