/** Longer addresses are refused by servers and proxies. */
const longestAddress = 9_000;

// Never sent: only the path and the query count.
const origin = "http://portal.invalid";

/** The address of the portal that a form names, if it is `start` or below it; else `start`. */
export function ownAddress(given: string, start: string): URL {
  const fallback = new URL(start, origin);
  if (given.length > longestAddress || !URL.canParse(given, origin)) return fallback;
  const url = new URL(given, origin);
  const isOwn = url.origin === origin && url.username === "" && url.password === "";
  return isOwn && (url.pathname === start || url.pathname.startsWith(`${start}/`)) ? url : fallback;
}
