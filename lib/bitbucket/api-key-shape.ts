/** A Bitbucket API key: the base64 text of 12 or so digits (the key's id), a colon and 20 random bytes. */
const idAndColon = /^(\d{6,20}):/;

/**
 * True for text of the shape of a Bitbucket HTTP access token: 44 characters of base64 that decode to digits, a colon
 * and random bytes, as the example in Atlassian's OpenAPI file does (`RestRawAccessToken`,
 * https://developer.atlassian.com/server/bitbucket/rest/). Space around it is forgiven. Other random text of the same
 * length does not pass, so a password from a password manager is not taken for a key.
 */
export function looksLikeApiKey(text: string): boolean {
  return apiKeyId(text) !== null;
}

/** The id of a key, which is no secret by itself: the digits before the colon. Null for text of another shape. */
export function apiKeyId(text: string): string | null {
  const key = text.trim();
  if (!/^[A-Za-z0-9+/]{43}[A-Za-z0-9+/=]$/.test(key)) return null;
  try {
    return idAndColon.exec(atob(key))?.[1] ?? null;
  } catch {
    return null;
  }
}

/**
 * True for text that is more likely a key than a name or a password: long, one word, letters of both cases and digits.
 * For places where nothing else would make sense, should Atlassian change the shape of its keys.
 */
export function mayBeApiKey(text: string): boolean {
  const key = text.trim();
  if (looksLikeApiKey(key)) return true;
  return /^[A-Za-z0-9+/_=-]{32,255}$/.test(key) && /[A-Z]/.test(key) && /[a-z]/.test(key) && /\d/.test(key);
}
