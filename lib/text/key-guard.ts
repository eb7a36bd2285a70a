import { holdsApiKey } from "./api-key-shape";

/** Said at a field that is no place for a secret, when an API key was typed or pasted there. */
export const keyRefused =
  "This looks like an API key. A key belongs in the field Username Or API Key only. Take it out here.";

/** For a schema's `refine`: true for text that may be kept and shown, as far as API keys go. */
export function isFreeOfKeys(text: string): boolean {
  return !holdsApiKey(text);
}

/** What may be shown again of a text that was typed: all of it, or nothing where an API key is in it. */
export function withoutKeys(text: string): string {
  return holdsApiKey(text) ? "" : text;
}
