import fc from "fast-check";

/** An older key: base64 of its id, a colon and 20 bytes. */
export function keyOf(id: string, seed: number): string {
  const bytes = Array.from({ length: 20 }, (_, i) => (seed * 31 + i * 7) % 256);
  return Buffer.concat([Buffer.from(`${id}:`), Buffer.from(bytes)]).toString("base64");
}

const olderKeys = fc
  .tuple(fc.bigInt(100_000_000_000n, 999_999_999_999n), fc.uint8Array({ minLength: 20, maxLength: 20 }))
  .map(([id, bytes]) => Buffer.concat([Buffer.from(`${id}:`), bytes]).toString("base64"));

const anyBody = fc
  .string({
    unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/@_-"),
    minLength: 40,
    maxLength: 50,
  })
  .filter((body) => /[A-Z0-9]/.test(body));

/** Whole keys: older ones, current ones, and those that scanners expect. */
export const anyKeys = fc.oneof(
  olderKeys,
  olderKeys.map((key) => `BBDC-${key}`),
  anyBody.map((body) => `BBDC-${body}`),
);

/** Text that is pasted around a key. */
export const wrappings: readonly [what: string, wrap: (key: string) => string][] = [
  ["space and line breaks", (key) => ` \t${key}\r\n`],
  ["Bearer", (key) => `Bearer ${key}`],
  ["bearer in lower case", (key) => `bearer  ${key}`],
  ["a header", (key) => `Authorization: Bearer ${key}`],
  ["a header without a space", (key) => `authorization:bearer ${key}`],
  ["double quotes", (key) => `"${key}"`],
  ["single quotes", (key) => `'${key}'`],
  ["backticks", (key) => `\`${key}\``],
  ["curly quotes", (key) => `“${key}”`],
  ["German quotes", (key) => `„${key}“`],
  ["French quotes", (key) => `« ${key} »`],
  ["Japanese quotes", (key) => `「${key}」`],
  ["angle brackets", (key) => `<${key}>`],
  ["a name before it", (key) => `jane:${key}`],
  ["a closing comma", (key) => `${key},`],
  ["a full stop", (key) => `${key}.`],
  ["a semicolon", (key) => `${key};`],
  ["an env line", (key) => `BITBUCKET_TOKEN=${key}`],
  ["an exported env line in quotes", (key) => `export TOKEN="${key}"`],
  ["JSON", (key) => `{"token": "${key}"}`],
  ["YAML", (key) => `token: ${key}`],
  [
    "curl with a header",
    (key) => `curl -H "Authorization: Bearer ${key}" https://bitbucket.example.com/rest`,
  ],
  ["curl with a name", (key) => `curl -u jane:${key} https://bitbucket.example.com/rest`],
  ["Markdown", (key) => `\`\`\`${key}\`\`\``],
  ["a zero-width space", (key) => `\u200b${key}\u200b`],
  ["a byte order mark", (key) => `\ufeff${key}`],
  ["direction marks", (key) => `\u202a${key}\u202c`],
  ["isolates", (key) => `\u2066${key}\u2069`],
  [
    "invisible characters within it",
    (key) => `${key.slice(0, 9)}\u200b${key.slice(9, 20)}\u00ad${key.slice(20)}`,
  ],
  ["a no-break space", (key) => `\u00a0${key}\u00a0`],
  [
    "full-width letters",
    (key) => key.replace(/[A-Z]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  ],
  ["another hyphen", (key) => key.replace("BBDC-", "BBDC\u2011")],
  ["a dash", (key) => key.replace("BBDC-", "BBDC–")],
  ["HTML", (key) => `&quot;${key.replaceAll("-", "&#45;").replaceAll("+", "&#x2B;")}&quot;`],
  ["JSON with escaped slashes", (key) => `{"token":"${key.replaceAll("/", "\\/")}"}`],
  ["an address's spelling", (key) => encodeURIComponent(key)],
  ["a Basic header", (key) => `Basic ${Buffer.from(`jane:${key}`).toString("base64")}`],
];
