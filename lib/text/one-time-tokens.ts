// Tokens of the portal have 43 characters of base64url, for 256 bits; no word of an address comes near that.
const tokenLike = /(?<=^|[/=?&#])[\w-]{32,}(?![\w.-])/g;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An address, or a text with addresses, for the log: whatever in it may be a one-time token is replaced by `[token]`; ids of rows stay. */
export function withoutOneTimeTokens(address: string): string {
  return address.replace(tokenLike, (part) => (uuid.test(part) ? part : "[token]"));
}

/** Whether path or query of an address may carry a one-time token, also inside an address to return to. */
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
