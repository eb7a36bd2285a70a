/** A text as a URL, relative to `base` if given; null if invalid. Never throws. */
export function parseUrl(text: string, base?: string): URL | null {
  return URL.canParse(text, base) ? new URL(text, base) : null;
}
