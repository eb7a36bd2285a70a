import Bowser from "bowser";

// Real ones have some 100 to 250 characters; what is longer is not worth the search.
const userAgentMaxLength = 512;
const labelMaxLength = 60;

/**
 * Browser and system in a few words, such as "Firefox on Windows", from a User-Agent header: what somebody says of
 * themself, so it is cut to printable ASCII and 60 characters, and proves nothing. Null when it names neither.
 */
export function browserLabel(userAgent: string | null | undefined): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent.slice(0, userAgentMaxLength));
  const label = [browser.name, os.name].filter(Boolean).join(" on ");
  return (
    label
      .replace(/[^ -~]/g, "")
      .slice(0, labelMaxLength)
      .trim() || null
  );
}
