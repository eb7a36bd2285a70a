import Bowser from "bowser";

// Real ones have some 100 to 250 characters; longer ones are not searched.
const userAgentMaxLength = 512;
const labelMaxLength = 60;

/**
 * Browser and system in a few words, such as "Firefox on Windows", from a User-Agent header. The client chooses that
 * text, so the label is cut to printable ASCII and 60 characters, and proves nothing. Null if it names neither.
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
