/**
 * True if a state-changing request comes from the portal's own pages: `Origin` must equal `ownOrigin`; browsers that
 * send none must say `Sec-Fetch-Site: same-origin`. Next's own check accepts a missing Origin and a forged
 * X-Forwarded-Host, so this one uses neither.
 */
export function isFromOwnOrigin(headers: Pick<Headers, "get">, ownOrigin: string): boolean {
  const origin = headers.get("origin");
  if (origin !== null) return origin === ownOrigin;
  return headers.get("sec-fetch-site") === "same-origin";
}

const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The portal's own URL for a page requested under another name of this machine, such as 127.0.0.1 for localhost; null
 * for every other host. Cookies and changes work under one name only, and the user cannot see why.
 */
export function ownAddressOf(url: URL, ownOrigin: string): string | null {
  const own = new URL(ownOrigin);
  const isAlias = url.hostname !== own.hostname && url.port === own.port && url.protocol === own.protocol;
  if (!isAlias || !loopbackNames.has(url.hostname) || !loopbackNames.has(own.hostname)) return null;
  return `${own.origin}${url.pathname}${url.search}`;
}
