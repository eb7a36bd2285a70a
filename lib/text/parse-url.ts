/** A text as a URL, relative to `base` where one is given; null for what is none. Never throws. */
export function parseUrl(text: string, base?: string): URL | null {
  return URL.canParse(text, base) ? new URL(text, base) : null;
}
