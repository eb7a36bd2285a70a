import "server-only";
import { authorizationHeader, namedAccountOf, secretOf } from "@/lib/connectors/sign-in";
import type { SignIn } from "@/lib/connectors/types";
import { parseJson } from "./safe-json";
import { headerOf, mayBeJson, type ServerAnswer, saysJson, writtenAccountName } from "./server-answer";

/** True if a text contains the secret that was sent. */
export type Tells = (text: string) => boolean;

/** A shorter secret occurs in ordinary words by chance: then only the secret as a whole text counts. */
const shortest = 4;

/**
 * Recognises a sign-in's secret in untrusted text: as it is, as Basic sends it, and in base64, hexadecimal and URL
 * encoding, ignoring case, spaces and invisible characters. Ignores the secret where the user name, which is not
 * secret, contains it. This guards against echoes; a hostile server can always encode the secret in its own way.
 */
export function echoOf(signIn: SignIn): Tells {
  const openly = bare(namedAccountOf(signIn) ?? "");
  const spellings = spellingsOf(signIn).filter((spelling) => spelling !== "" && !openly.includes(spelling));
  const holds = (text: string) =>
    spellings.some((spelling) => (spelling.length < shortest ? text === spelling : text.includes(spelling)));
  return (text) => [text, decoded(text)].some((one) => holds(bare(one)));
}

function spellingsOf(signIn: SignIn): string[] {
  const basicToken = withoutEnd(authorizationHeader(signIn).replace(/^\w+ /, ""));
  return secretOf(signIn).use((secret) => {
    const bytes = Buffer.from(secret);
    const encoded = [bytes.toString("base64"), bytes.toString("base64url")].map(withoutEnd);
    // The key without its prefix counts, too: older keys had none.
    return [secret, secret.replace(/^BBDC-/, ""), ...encoded, bytes.toString("hex"), basicToken].map(bare);
  });
}

/**
 * An answer without any part that contains the secret, of everything that is stored or shown: account name, redirect
 * target, texts and numbers in JSON (replaced by null), or the whole of any other body. Error answers keep their
 * texts, which are only matched.
 */
export function withoutEcho(answer: ServerAnswer, tells: Tells): ServerAnswer {
  const shown = (name: string) => /^(?:x-ausername|location)$/i.test(name);
  const tellsAny = tells(writtenAccountName(answer)) || tells(headerOf(answer, "location"));
  const headers = tellsAny ? new Map([...answer.headers].filter(([name]) => !shown(name))) : answer.headers;
  const isGood = answer.status >= 200 && answer.status <= 299;
  return { status: answer.status, headers, body: isGood ? bodyWithoutEcho(answer, tells) : answer.body };
}

function bodyWithoutEcho(answer: ServerAnswer, tells: Tells): Uint8Array {
  const json = mayBeJson(answer) ? parseJson(answer.body) : undefined;
  if (json === undefined && saysJson(answer)) return answer.body;
  if (json === undefined)
    return tells(new TextDecoder().decode(answer.body)) ? new Uint8Array() : answer.body;
  let isEcho = false;
  const text = JSON.stringify(json, (_key, value: unknown) => {
    if ((typeof value !== "string" && typeof value !== "number") || !tells(String(value))) return value;
    isEcho = true;
    return null;
  });
  return isEcho ? new TextEncoder().encode(text) : answer.body;
}

/** The last characters of base64 depend on what follows. */
function withoutEnd(base64: string): string {
  return base64.replace(/=+$/, "").slice(0, -1);
}

function bare(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\p{C}\p{Z}\s]+/gu, "")
    .toLowerCase();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
