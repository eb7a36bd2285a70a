// The portal's tokens have 43 characters of base64url, for 256 bits; words in URLs are much shorter.
const tokenLike = /(?<=^|[/=?&#])[\w-]{32,}(?![\w.-])/g;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A URL, or a text with URLs, for the log: every possible one-time token is replaced by `[token]`; ids of rows stay. */
export function withoutOneTimeTokens(address: string): string {
  return address.replace(tokenLike, (part) => (uuid.test(part) ? part : "[token]"));
}

/** A request's path for the log: without its query, and without one-time tokens in it. */
export function pathForLog(path: string): string {
  return withoutOneTimeTokens(path.split("?")[0] ?? "");
}

/** True if a URL's path or query may contain a one-time token, also inside a URL to return to. */
export function mayCarryOneTimeToken({ pathname, search }: { pathname: string; search: string }): boolean {
  const address = `${pathname}${decoded(search)}`;
  return withoutOneTimeTokens(address) !== address;
}

function decoded(search: string): string {
  try {
    return decodeURIComponent(search);
  } catch {
    return search;
  }
}
