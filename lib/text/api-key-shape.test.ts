import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyKeys, keyOf, wrappings } from "@/lib/testing/api-keys";
import {
  apiKeyId,
  holdsApiKey,
  looksLikeApiKey,
  maskApiKeys,
  mayBeApiKey,
  readApiKey,
} from "./api-key-shape";

const older = keyOf("123456789012", 5);
const todays = `BBDC-${older}`;
const oddKey = "Zz09".repeat(12);

describe("an API key", () => {
  test("is known by its shape, with space around it", () => {
    expect(older).toHaveLength(44);
    expect([older, todays, ` ${older}\n`, `${todays} `].map(looksLikeApiKey)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test("tells its id in both shapes, and none where it has none", () => {
    expect([older, todays, `Bearer ${todays}`].map(apiKeyId)).toEqual(Array(3).fill("123456789012"));
    expect(apiKeyId(`BBDC-${"aB3_".repeat(11)}`)).toBeNull();
  });

  test("is not confused with names, passwords, addresses or other secrets", () => {
    const others = [
      "",
      "jane",
      "jane.citizen@example.com",
      "correct horse battery staple",
      oddKey,
      Buffer.alloc(33, 7).toString("base64"),
      "a".repeat(44),
      "ATATT3xFfGF0T4JVjdmKfkgnpdLcuuYWuDq",
      "See BBDC-1234 and BBDC-Migration-Phase2-Plan",
      "BBDC-this-is-the-credential-of-the-nightly-import-job",
      "https://bbdc-bitbucket-production-cluster-01.eu-west-1.example.com:7990/bitbucket",
      "https://bitbucket.example.com/projects/DATA/repos/event-lake/commits/0123456789abcdef0123456789abcdef01234567",
      "252973515069",
      "BBDC-",
    ];
    expect(others.filter(holdsApiKey)).toEqual([]);
  });

  test("random text of 44 characters is never taken for one", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 33, maxLength: 33 }), (bytes) => {
        fc.pre(bytes[0] !== undefined && (bytes[0] < 48 || bytes[0] > 57));
        expect(looksLikeApiKey(Buffer.from(bytes).toString("base64"))).toBe(false);
      }),
    );
  });

  test("of a shape to come is guessed only from long, mixed text", () => {
    expect([older, oddKey].map(mayBeApiKey)).toEqual([true, true]);
    const names = ["jane", "a".repeat(40), "firstname.lastname@example-company.com"];
    expect(names.filter(mayBeApiKey)).toEqual([]);
  });
});

describe("a part of a key", () => {
  const parts: [what: string, text: string][] = [
    ["40 of 44 characters of an older one", older.slice(0, 40)],
    ["40 of 44 characters of today's", todays.slice(0, 45)],
    ["half of today's", todays.slice(0, 24)],
    ["today's without its first letter", todays.slice(1)],
    ["an older one without its first character", older.slice(1)],
    ["an older one without its first four characters", older.slice(4)],
    ["one with a character too many", `${older}A`],
    ["today's with a character too many", `${todays}A`],
    ["two that are glued together", `${todays}${todays}`],
    ["one that a line break parts", `${todays.slice(0, 12)}\n${todays.slice(12)}`],
    ["one that space parts", `${older.slice(0, 10)} ${older.slice(10)}`],
    ["one in lower case", todays.toLowerCase()],
  ];
  test.each(parts)("%s: is known, and not taken for a whole one", (_what, text) => {
    expect(readApiKey(text).kind).toBe("incomplete");
    expect(readApiKey(`Bearer ${text}`).kind).toBe("incomplete");
    expect(holdsApiKey(text)).toBe(true);
  });
});

describe("whatever is pasted around a key", () => {
  test("any key is found in it, whole and unchanged", () => {
    fc.assert(
      fc.property(anyKeys, fc.constantFrom(...wrappings), (key, [, wrap]) => {
        expect(readApiKey(wrap(key))).toMatchObject({ kind: "key", key });
      }),
    );
  });

  test("a name before the colon is returned, but not a mere label", () => {
    const nameOf = (text: string) => {
      const reading = readApiKey(text);
      return reading.kind === "key" ? reading.username : reading.kind;
    };
    const named = [`jane:${todays}`, `curl -u jane:${older} https://x`, `https://jane:${todays}@host/scm`];
    expect(named.map(nameOf)).toEqual(["jane", "jane", "jane"]);
    const labels = [`token:${todays}`, `Bearer:${older}`, `"key":"${todays}"`, `API-KEY:${todays}`, todays];
    expect(labels.map(nameOf)).toEqual(Array(labels.length).fill(null));
  });

  test("two keys are not one", () => {
    expect(readApiKey(`${todays}, ${keyOf("210987654321", 9)}`).kind).toBe("several");
    expect(readApiKey(`${todays} ${todays}`)).toMatchObject({ kind: "key", key: todays });
  });
});

describe("masking", () => {
  test("leaves nothing of a key in any text, and other text as it is", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 40 });
    fc.assert(
      fc.property(text, anyKeys, fc.constantFrom(...wrappings), text, (before, key, [, wrap], after) => {
        const masked = maskApiKeys(`${before} ${wrap(key)} ${after}`);
        expect(holdsApiKey(masked)).toBe(false);
        expect(masked).not.toContain(key.slice(-30));
      }),
    );
    expect(maskApiKeys("See BBDC-1234")).toBe("See BBDC-1234");
    expect(maskApiKeys(`sent ${todays} to it`)).toBe("sent [API key] to it");
  });
});
