import { holdsApiKey } from "./api-key-shape";

/** The error at a field that must not hold a secret, if an API key was typed or pasted there. */
export const keyRefused =
  "This looks like an API key. A key belongs in the field Username Or API Key only. Take it out here.";

/** For a schema's `refine`: true for text without an API key. */
export function isFreeOfKeys(text: string): boolean {
  return !holdsApiKey(text);
}

/** The typed text to show again: all of it, or nothing if it contains an API key. */
export function withoutKeys(text: string): string {
  return holdsApiKey(text) ? "" : text;
}
