import { looksLikeApiKey, mayBeApiKey } from "@/lib/bitbucket/api-key-shape";
import type { SignIn, SignInShape } from "@/lib/bitbucket/types";

export { looksLikeApiKey };

export type SignInProblem =
  | "USERNAME_MISSING"
  | "PASSWORD_MISSING"
  | "USERNAME_HAS_COLON"
  | "KEY_AND_SOMETHING_ELSE"
  | "CONTROL_CHARACTERS"
  | "TOO_LONG";

export type SignInChoice =
  | { readonly ok: true; readonly signIn: SignIn; readonly shape: SignInShape }
  | {
      readonly ok: false;
      readonly problem: SignInProblem;
      readonly field: "username" | "password";
      readonly message: string;
    };

/** Said where the first field is empty. */
export const usernameMissing = "Enter a user name or an API key.";

/** In UTF-16 units; Bitbucket's own names and secrets are far shorter, and the request header must stay small. */
const maximumLength = 1024;

/** A Bitbucket Cloud custom for "the password is a key"; it names no account (https://github.com/backstage/backstage/pull/12711). */
const namesNobody = new Set(["x-token-auth", "x-oauth-basic"]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * Decides from the two fields of the form how to sign in. A name and a password: Basic. The same key in both fields, or
 * a key alone: Bearer. A name and a key: Bearer, and that name is expected back. Space around a name or key is pasted
 * by accident and dropped; a password is taken as it is. Never throws; a message never repeats what was typed.
 */
export function chooseSignIn(usernameOrApiKey: string, password: string): SignInChoice {
  const first = usernameOrApiKey.trim();
  const second = looksLikeApiKey(password) ? password.trim() : password;
  if (first === "") return problem("USERNAME_MISSING", "username", usernameMissing);
  for (const [field, text] of [
    ["username", first],
    ["password", second],
  ] as const) {
    if (text.length > maximumLength)
      return problem("TOO_LONG", field, "This is longer than Bitbucket accepts.");
    if (controlCharacters.test(text)) {
      return problem(
        "CONTROL_CHARACTERS",
        field,
        "This contains a line break or another invisible character.",
      );
    }
  }

  if (looksLikeApiKey(first)) {
    if (second === "" || second === first) return bearer(first, null, true);
    return problem(
      "KEY_AND_SOMETHING_ELSE",
      "password",
      "The first field holds an API key. Enter the same key here, or leave this empty.",
    );
  }
  if (looksLikeApiKey(second)) {
    return bearer(second, namesNobody.has(first.toLowerCase()) ? null : first, false);
  }
  if (mayBeApiKey(first) && (second === "" || second.trim() === first)) return bearer(first, null, true);
  if (second === "") {
    return problem(
      "PASSWORD_MISSING",
      "password",
      "Enter the password. If you meant an API key, put the whole key in the first field.",
    );
  }
  if (first.includes(":")) {
    return problem("USERNAME_HAS_COLON", "username", "A user name cannot contain a colon.");
  }
  return {
    ok: true,
    signIn: { scheme: "basic", username: first, password: second },
    shape: { scheme: "basic", keyInUsernameField: false },
  };
}

/**
 * The value of the `Authorization` header. Names and passwords go as base64 of UTF-8 (RFC 7617), so any character is
 * fit for a header. A secret: never log it.
 */
export function authorizationHeader(signIn: SignIn): string {
  if (signIn.scheme === "bearer") return `Bearer ${signIn.apiKey}`;
  const bytes = new TextEncoder().encode(`${signIn.username}:${signIn.password}`);
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}

function bearer(apiKey: string, expectedAccount: string | null, keyInUsernameField: boolean): SignInChoice {
  return {
    ok: true,
    signIn: { scheme: "bearer", apiKey, expectedAccount },
    shape: { scheme: "bearer", keyInUsernameField },
  };
}

function problem(code: SignInProblem, field: "username" | "password", message: string): SignInChoice {
  return { ok: false, problem: code, field, message };
}
