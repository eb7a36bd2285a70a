import { allAccounts, allKeys } from "./accounts";

const MASK = "[secret]";
const LONGEST_TARGET = 400;
/** Parameters whose values the journal keeps; any other value could be a secret in the wrong place. */
const plainParameters: ReadonlySet<string> = new Set([
  ...["start", "limit", "filter", "filterText", "name", "projectname", "projectkey", "permission"],
  ...["visibility", "archived", "state", "order", "since", "until", "key", "avatarSize"],
  ...["orderBy", "merges", "details", "direction", "draft", "states", "changeScope", "withProperties"],
  ...["group", "statistics", "fromId", "fromType", "ignoreMissing", "followRenames", "withComments"],
  ...["version", "externalId", "deploymentSequenceNumber", "environmentKey"],
]);
const secrets = [
  ...allKeys.map((key) => key.value),
  ...allAccounts.map((account) => account.password).filter((password) => password !== ""),
];
/** Base64 of "12 digits and a colon", or the newer prefix: the start of every API key, of any server. */
const keyShaped = /(?:[MNO][DTjz][A-Za-z0-9]{2}){4}O[g-v]|BBDC-[A-Za-z0-9+/@_-]{20}/;

/** A path with its query that is safe to show: secrets and possible secrets are masked. */
export function secretFreeTarget(path: string, query: URLSearchParams): string {
  // A key may contain slashes, so a path with a key is masked whole.
  const shownPath = isSuspicious(path) ? `/${MASK}` : path;
  const pairs = [...query].map(([name, value]) => {
    if (isSuspicious(name)) return MASK;
    return `${name}=${plainParameters.has(name) && !isSuspicious(value) ? value : MASK}`;
  });
  return (pairs.length === 0 ? shownPath : `${shownPath}?${pairs.join("&")}`).slice(0, LONGEST_TARGET);
}

/** Fields of bodies that hold secrets, such as a webhook's. */
const secretFields = /("(?:secret|password|token)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;

/** A body that is safe to show: the values of fields for secrets are masked, and known or possible secrets anywhere. */
export function secretFreeBody(body: string): string {
  const masked = body.replace(secretFields, `$1"${MASK}"`);
  if (!isSuspicious(masked) && !isSuspicious(unescaped(masked))) return masked;
  const shown = secrets.reduce((text, secret) => text.replaceAll(secret, MASK), masked);
  // What hides behind escapes, or only looks like a key, is masked with all around it.
  return isSuspicious(shown) || isSuspicious(unescaped(shown)) ? MASK : shown;
}

/** JSON's escapes as the characters that they stand for. */
function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll("\\/", "/");
}

function isSuspicious(text: string): boolean {
  return [text, decode(text)].some(
    (form) => keyShaped.test(form) || secrets.some((secret) => form.includes(secret)),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
