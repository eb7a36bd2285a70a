/**
 * The path of this portal that `text` names, to go to after signing in: a path, or a full address of `ownOrigin`.
 * Anything else, other origins above all, becomes the start page. Takes what an address gave, several values included.
 */
export function ownPath(text: string | string[] | undefined, ownOrigin: string): string {
  // A browser drops tabs and line ends from addresses and reads a backslash as a slash; so does the parser below.
  if (typeof text !== "string" || !URL.canParse(text, ownOrigin)) return "/";
  const url = new URL(text, ownOrigin);
  const isFull = /^https?:/i.test(text);
  if (url.origin !== ownOrigin || !(isFull || text.startsWith("/"))) return "/";
  const path = `${url.pathname}${url.search}`;
  // "/.//host" has become "//host" only now, and a browser would read that as another origin.
  return path.startsWith("//") ? "/" : path;
}
