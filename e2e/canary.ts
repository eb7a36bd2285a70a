/** A typed secret, and the user name typed with it. */
export type Canary = { username: string; secret: string };

type Spelling = { spelling: string; bytes: Buffer };

/** Every encoding of a secret to search for: plain, URL, hexadecimal, base64 and HTTP Basic. */
function spellingsOf({ username, secret }: Canary): Spelling[] {
  const plain = Buffer.from(secret);
  const basic = Buffer.from(`${username}:${secret}`);
  const texts = {
    plain: secret,
    "in an address": encodeURIComponent(secret),
    "in JSON": JSON.stringify(secret).slice(1, -1),
    hexadecimal: plain.toString("hex"),
    // Without the last characters, which depend on the text that follows.
    base64: plain.toString("base64").slice(0, -4),
    "url-safe base64": plain.toString("base64url").slice(0, -4),
    "as Basic": basic.toString("base64").slice(0, -4),
  };
  return [
    ...Object.entries(texts).map(([spelling, text]) => ({ spelling, bytes: Buffer.from(text) })),
    { spelling: "UTF-16", bytes: Buffer.from(secret, "utf16le") },
  ];
}

/** The canaries found in `place`, with their encodings; empty if none. Names a canary's user, not its secret. */
export function findCanaries(canaries: readonly Canary[], place: Buffer | string): string[] {
  const bytes = typeof place === "string" ? Buffer.from(place) : place;
  return canaries.flatMap((canary) =>
    spellingsOf(canary)
      .filter((spelt) => bytes.includes(spelt.bytes))
      .map(({ spelling }) => `${canary.username}'s secret, ${spelling}`),
  );
}
