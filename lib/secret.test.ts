import { format, inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyCharacter } from "@/lib/testing/any-text";
import { Secret } from "./secret";

const marker = "s3cret-Marker";

test("use is the way to the plaintext and returns what its function returns", () => {
  expect(Secret.of(marker).use((text) => text.length)).toBe(marker.length);
  expect(Secret.of("ü€😀").use((text) => text)).toBe("ü€😀");
});

test("no way of printing or serialising shows the plaintext, whatever it is", () => {
  const anyText = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 80 }).map((text) => marker + text);
  fc.assert(
    fc.property(anyText, (text) => {
      const secret = Secret.of(text);
      const printed = [
        `${secret}`,
        `${secret.toString()}`,
        String(secret),
        ["", secret].join(),
        JSON.stringify({ secret, list: [secret] }),
        inspect(secret),
        inspect({ nested: { secret } }, { showHidden: true, depth: 9, getters: true }),
        inspect(secret, { customInspect: false, showHidden: true, depth: 9, getters: true }),
        format("%s %o %O %j", secret, secret, secret, secret),
        JSON.stringify({ ...secret }),
        JSON.stringify(structuredClone(secret)),
        Object.entries(secret).join(),
      ];
      for (const text of printed) expect(text).not.toContain(marker);
    }),
  );
});

test("what is printed in its place is [secret]", () => {
  const secret = Secret.of(marker);
  expect(`${secret}`).toBe("[secret]");
  expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
  expect(inspect({ secret })).toBe("{ secret: [secret] }");
});

test("half a surrogate pair becomes U+FFFD when the secret is made, not later", () => {
  expect(Secret.of("a\ud800b").use((text) => text)).toBe("a\ufffdb");
});

test("a byte order mark at the beginning stays", () => {
  expect(Secret.of("\ufeffa").use((text) => text)).toBe("\ufeffa");
});
