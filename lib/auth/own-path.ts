/**
 * The path of this portal that `text` names, to go to after signing in: a path, or a full address of `ownOrigin`.
 * Anything else, other origins above all, becomes the start page.
 */
export function ownPath(text: string | undefined, ownOrigin: string): string {
  // A browser drops tabs and line ends from addresses and reads a backslash as a slash; so does the parser below.
  if (!text || !URL.canParse(text, ownOrigin)) return "/";
  const url = new URL(text, ownOrigin);
  const isFull = /^https?:/i.test(text);
  if (url.origin !== ownOrigin || !(isFull || text.startsWith("/"))) return "/";
  return `${url.pathname}${url.search}`;
}
