import { parseUrl } from "@/lib/text/parse-url";

declare const read: unique symbol;

/**
 * The address under which a server's pages and interfaces lie, parsed: plain data that never changes. Only `readBaseUrl`
 * makes one, so whoever is handed a base URL need not judge it or parse it again.
 */
export type BaseUrl = {
  readonly [read]: true;
  /** All of it, without a closing slash: what is stored, shown and compared. */
  readonly href: string;
  /** Scheme, host, and port where it is not the usual one. */
  readonly origin: string;
  readonly protocol: "http:" | "https:";
  /** Host name, and port where it is not the usual one. */
  readonly host: string;
  readonly hostname: string;
  /** "" or "/" and the path under which the server lives, in its own case. */
  readonly contextPath: string;
};

/**
 * Reads a text that is a base URL exactly as one is written, from a connector's normalizer or the database; null for
 * any other spelling, and for what is none. Pure; never throws.
 */
export function readBaseUrl(text: string): BaseUrl | null {
  const url = parseUrl(text);
  if (url === null) return null;
  const { origin, protocol, host, hostname, pathname } = url;
  if (protocol !== "http:" && protocol !== "https:") return null;
  const contextPath = pathname.replace(/\/$/, "");
  if (text !== `${origin}${contextPath}`) return null;
  const parts = { href: text, origin, protocol, host, hostname, contextPath } as const;
  // The brand is a type alone: this function is what it stands for.
  return Object.freeze(parts) as BaseUrl;
}

/** Where a link that the server gave at `path` leads: a redirect's location, a picture's address. Null for nowhere. */
export function followLink({ href }: BaseUrl, link: string, path = ""): URL | null {
  return parseUrl(link, `${href}${path}`);
}
