/** A path of this portal to go to after signing in; anything else, other origins above all, becomes the start page. */
export function ownPath(text: string | undefined): string {
  if (!text) return "/";
  const base = "https://portal.invalid";
  if (!URL.canParse(text, base)) return "/";
  const url = new URL(text, base);
  // `//host`, `/\host` and full addresses all parse to another origin here.
  if (!text.startsWith("/") || url.origin !== base) return "/";
  return `${url.pathname}${url.search}`;
}
