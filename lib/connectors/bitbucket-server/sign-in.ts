import { shapeOfStored } from "@/lib/connectors/sign-in";
import type { SignIn, SignInChoice, SignInField } from "@/lib/connectors/types";
import { Secret } from "@/lib/secret";
import { apiKeyId, mayBeApiKey, readApiKey } from "@/lib/text/api-key-shape";
import { trimUnseen } from "@/lib/text/pasted-text";

type SignInProblem =
  | "USERNAME_MISSING"
  | "PASSWORD_MISSING"
  | "USERNAME_HAS_COLON"
  | "KEY_AND_SOMETHING_ELSE"
  | "KEY_INCOMPLETE"
  | "SEVERAL_KEYS"
  | "CONTROL_CHARACTERS"
  | "TOO_LONG";

/** In UTF-16 units; Bitbucket's own names and secrets are far shorter, and the request header must stay small. */
const maximumLength = 1024;

/**
 * Bitbucket Cloud uses these names for "the password is a key"; they name no account
 * (https://github.com/backstage/backstage/pull/12711).
 */
const namesNobody = new Set(["x-token-auth", "x-oauth-basic"]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
/** Invisible characters that are never typed in a name; joiners are, in some scripts. */
const unseenInName = /[^\P{Cf}\u200c\u200d]/u;

/**
 * Chooses the sign-in from the form's two fields. A name and a password: Basic. The same key in both fields, or a key
 * alone: Bearer. A name and a key: Bearer, with that name expected as the account. A key is extracted from the pasted
 * text around it; a part of a key is refused. Spaces and invisible characters around a name are dropped; a password
 * is taken as it is. Never throws; a message never repeats what was typed.
 */
export function chooseSignIn(usernameOrApiKey: string, typedPassword: string): SignInChoice {
  for (const [field, text] of [
    ["username", usernameOrApiKey],
    ["password", typedPassword],
  ] as const) {
    if (text.length > maximumLength) return refuse(field, "TOO_LONG");
  }
  const inFirst = readApiKey(usernameOrApiKey);
  const inSecond = readApiKey(typedPassword);
  for (const [field, { kind }] of [
    ["username", inFirst],
    ["password", inSecond],
  ] as const) {
    if (kind === "incomplete") return refuse(field, "KEY_INCOMPLETE");
    if (kind === "several") return refuse(field, "SEVERAL_KEYS");
  }

  const first = trimUnseen(usernameOrApiKey);
  if (inFirst.kind === "key") {
    const isSame = inSecond.kind === "key" && inSecond.key === inFirst.key;
    if (!isSame && trimUnseen(typedPassword) !== "") return refuse("password", "KEY_AND_SOMETHING_ELSE");
    return bearer(inFirst.key, inFirst.username ?? (isSame ? inSecond.username : null), true);
  }
  if (first === "" && inSecond.kind === "key") return bearer(inSecond.key, inSecond.username, false);
  if (first === "") return refuse("username", "USERNAME_MISSING");
  if (inSecond.kind !== "key") return chooseWithoutKey(first, typedPassword);
  if (controlCharacters.test(first) || unseenInName.test(first))
    return refuse("username", "CONTROL_CHARACTERS");
  // Otherwise a key of an unknown shape would be stored as a user name.
  if (bareKey(first) !== null) return refuse("username", "KEY_AND_SOMETHING_ELSE");
  return bearer(inSecond.key, first, false);
}

function chooseWithoutKey(first: string, password: string): SignInChoice {
  // A key of an unknown shape is accepted only where no other reading makes sense.
  const apiKey = bareKey(first);
  if (apiKey !== null && (trimUnseen(password) === "" || bareKey(trimUnseen(password)) === apiKey)) {
    return bearer(apiKey, null, true);
  }
  if (controlCharacters.test(first) || unseenInName.test(first))
    return refuse("username", "CONTROL_CHARACTERS");
  if (controlCharacters.test(password)) return refuse("password", "CONTROL_CHARACTERS");
  if (password === "") return refuse("password", "PASSWORD_MISSING");
  if (first.includes(":")) return refuse("username", "USERNAME_HAS_COLON");
  const signIn: SignIn = { scheme: "basic", username: first, password: Secret.of(password) };
  return { ok: true, signIn, shape: shapeOfStored(signIn) };
}

/** A possible key of an unknown shape, without the words before it in a header; null for anything else. */
function bareKey(text: string): string | null {
  const bare = text.replace(/^["'`]?(?:authorization\s*:\s*)?(?:bearer\s+)?["'`]?|["'`,;]+$/gi, "");
  return mayBeApiKey(bare) ? bare : null;
}

/** The id under which Bitbucket lists an API key, which is not secret; null for a password and for keys without one. */
export function keyIdOf(signIn: SignIn): string | null {
  return signIn.scheme === "bearer" ? signIn.apiKey.use(apiKeyId) : null;
}

const messages: Readonly<Record<SignInProblem, string>> = {
  USERNAME_MISSING: "Enter a user name or an API key.",
  PASSWORD_MISSING: "Enter the password. If you meant an API key, put the whole key in the first field.",
  USERNAME_HAS_COLON: "A user name cannot contain a colon.",
  KEY_AND_SOMETHING_ELSE: "The first field holds an API key. Enter the same key here, or leave this empty.",
  KEY_INCOMPLETE:
    "This looks like an API key that is not whole. Nothing was sent. Copy the key again, all of it and nothing else.",
  SEVERAL_KEYS: "There is more than one API key here. Enter one of them.",
  CONTROL_CHARACTERS: "This contains a line break or another invisible character.",
  TOO_LONG: "This is longer than Bitbucket accepts.",
};

function bearer(apiKey: string, username: string | null, keyInUsernameField: boolean): SignInChoice {
  const expectedAccount = username !== null && namesNobody.has(username.toLowerCase()) ? null : username;
  return {
    ok: true,
    signIn: { scheme: "bearer", apiKey: Secret.of(apiKey), expectedAccount },
    shape: { scheme: "bearer", keyInUsernameField },
  };
}

function refuse(field: SignInField, problem: SignInProblem): SignInChoice {
  const message =
    field === "username" && problem === "KEY_AND_SOMETHING_ELSE"
      ? "This looks like an API key, and the second field holds another one. Enter a user name here, or one key alone."
      : messages[problem];
  return { ok: false, problem, field, message };
}
