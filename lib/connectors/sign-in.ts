import type { Secret } from "@/lib/secret";
import { hasUnseenAround } from "@/lib/text/pasted-text";
import type { SignIn, SignInShape } from "./types";

/** The shape of a stored sign-in: no form, so no message belongs to the first field. */
export function shapeOfStored(signIn: SignIn): SignInShape {
  const shape = { scheme: signIn.scheme, keyInUsernameField: false };
  const isSpaced = signIn.scheme === "basic" && signIn.password.use(hasUnseenAround);
  return isSpaced ? { ...shape, spaceAroundPassword: true } : shape;
}

/**
 * The value of the `Authorization` header. Names and passwords go as base64 of UTF-8 (RFC 7617), so any character is
 * fit for a header. A secret: never log it.
 */
export function authorizationHeader(signIn: SignIn): string {
  if (signIn.scheme === "bearer") return signIn.apiKey.use((apiKey) => `Bearer ${apiKey}`);
  const { username, password } = signIn;
  const bytes = password.use((text) => new TextEncoder().encode(`${username}:${text}`));
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}

/** The password or API key of a sign-in. */
export function secretOf(signIn: SignIn): Secret {
  return signIn.scheme === "basic" ? signIn.password : signIn.apiKey;
}

/** The account that the user named: the user name of a password, or the expected account of an API key. */
export function namedAccountOf(signIn: SignIn): string | null {
  return signIn.scheme === "basic" ? signIn.username : signIn.expectedAccount;
}
