/**
 * The path in this portal to open after signing in: `text` as a path, or as a full URL of `ownOrigin`. Anything else,
 * other origins above all, becomes the start page. Accepts a repeated search parameter.
 */
export function ownPath(text: string | string[] | undefined, ownOrigin: string): string {
  // Browsers drop tabs and line ends from URLs and read a backslash as a slash; so does this parser.
  if (typeof text !== "string" || !URL.canParse(text, ownOrigin)) return "/";
  const url = new URL(text, ownOrigin);
  const isFull = /^https?:/i.test(text);
  if (url.origin !== ownOrigin || !(isFull || text.startsWith("/"))) return "/";
  const path = `${url.pathname}${url.search}`;
  // Parsing has turned "/.//host" into "//host", which a browser would read as another origin.
  return path.startsWith("//") ? "/" : path;
}
