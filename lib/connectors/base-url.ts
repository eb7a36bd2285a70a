import { parseUrl } from "@/lib/text/parse-url";

declare const read: unique symbol;

/**
 * The address under which a server's pages and interfaces lie, parsed and immutable. Only `readBaseUrl` makes one, so
 * code that receives a base URL need not validate or parse it again.
 */
export type BaseUrl = {
  readonly [read]: true;
  /** The whole base URL without a closing slash: this form is stored, shown and compared. */
  readonly href: string;
  /** Scheme and host, with the port unless it is the default. */
  readonly origin: string;
  readonly protocol: "http:" | "https:";
  /** Host name, with the port unless it is the default. */
  readonly host: string;
  readonly hostname: string;
  /** "", or "/" and the path under which the server lives, in its original case. */
  readonly contextPath: string;
};

/**
 * Reads a base URL in its canonical spelling, as a connector's normalizer writes it; null for any other text. Pure;
 * never throws.
 */
export function readBaseUrl(text: string): BaseUrl | null {
  const url = parseUrl(text);
  if (url === null) return null;
  const { origin, protocol, host, hostname, pathname } = url;
  if (protocol !== "http:" && protocol !== "https:") return null;
  const contextPath = pathname.replace(/\/$/, "");
  if (text !== `${origin}${contextPath}`) return null;
  const parts = { href: text, origin, protocol, host, hostname, contextPath } as const;
  // The brand exists in the type only: this function guarantees it.
  return Object.freeze(parts) as BaseUrl;
}

/** Resolves a link that the server gave at `path`, such as a redirect's location or a picture's address; null if invalid. */
export function followLink({ href }: BaseUrl, link: string, path = ""): URL | null {
  return parseUrl(link, `${href}${path}`);
}

/** A link that a server gave for one of its pages, in canonical spelling; null unless it leads below the base URL. */
export function linkBelow(link: string, baseUrl: string): string | null {
  const base = readBaseUrl(baseUrl);
  const url = parseUrl(link);
  if (!base || !url || url.username !== "" || url.password !== "") return null;
  const isBelow = url.origin === base.origin && `${url.pathname}/`.startsWith(`${base.contextPath}/`);
  return isBelow ? url.href : null;
}
