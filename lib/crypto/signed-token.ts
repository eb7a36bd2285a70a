import type { KeyObject } from "node:crypto";
import { base64url, errors, jwtVerify, SignJWT } from "jose";
import type { z } from "zod";

/** Longer texts are refused unread, so an attacker's request costs next to no hashing. */
const MAX_TOKEN_CHARACTERS = 4096;

const algorithm = "HS256";

/** Flat, so that JSON gives back what was issued. A Secret does not fit. */
export type TokenPayload = Record<string, string | number | boolean | null>;

/** What a token is for, and its payload. A token of one purpose is a forgery for every other. */
export interface TokenKind<T extends TokenPayload> {
  readonly purpose: string;
  readonly schema: z.ZodType<T>;
}

/** MALFORMED: not a token of this kind's shape. FORGED: not signed by this key for this purpose. EXPIRED: too late. */
export type TokenRefusal = "MALFORMED" | "FORGED" | "EXPIRED";

/** The payload, or why there is none. */
export type TokenReading<T> = { ok: true; payload: T } | { ok: false; reason: TokenRefusal };

/**
 * Signs a payload until `expiresAt`, in whole seconds, as a JSON Web Token (HS256) whose audience is the purpose.
 * Signed, not encrypted: its holder can read it. It can be used more than once before it expires. Rejects if the text
 * would exceed 4096 characters or the date is invalid.
 */
export async function signToken<T extends TokenPayload>(
  key: KeyObject,
  kind: TokenKind<T>,
  payload: T,
  { expiresAt }: { expiresAt: Date },
): Promise<string> {
  const token = await new SignJWT({ payload })
    .setProtectedHeader({ alg: algorithm })
    .setAudience(kind.purpose)
    .setExpirationTime(expiresAt)
    .sign(key);
  if (token.length > MAX_TOKEN_CHARACTERS) throw new RangeError("The payload is too long for a token.");
  return token;
}

/** The payload of a token that this key signed for this purpose and that is still valid at `now`; never rejects. */
export async function readToken<T extends TokenPayload>(
  key: KeyObject,
  kind: TokenKind<T>,
  text: string,
  now: Date,
): Promise<TokenReading<T>> {
  if (text.length > MAX_TOKEN_CHARACTERS) return { ok: false, reason: "MALFORMED" };
  try {
    const { payload: claims } = await jwtVerify(text, key, {
      algorithms: [algorithm],
      audience: kind.purpose,
      requiredClaims: ["exp"],
      currentDate: now,
    });
    if (!isOnlySpelling(text)) return { ok: false, reason: "FORGED" };
    const payload = kind.schema.safeParse(claims.payload);
    return payload.success ? { ok: true, payload: payload.data } : { ok: false, reason: "MALFORMED" };
  } catch (error) {
    return { ok: false, reason: refusalOf(error) };
  }
}

function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return "EXPIRED";
  const isForged =
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JOSEAlgNotAllowed;
  return isForged ? "FORGED" : "MALFORMED";
}

/** The last character of a signature has unused bits, which jose ignores: four texts would pass for one token. */
function isOnlySpelling(text: string): boolean {
  const signature = text.slice(text.lastIndexOf(".") + 1);
  return base64url.encode(base64url.decode(signature)) === signature;
}
