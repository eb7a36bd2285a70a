import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyCharacter } from "@/lib/testing/any-text";
import { diagnoseBaseUrl } from "./base-url";

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
const host = fc.tuple(label, label).map(([one, two]) => `${one}.${two}.example`);
const contextPath = fc.constantFrom("", "/stash", "/tools/bitbucket");
const link = fc
  .tuple(fc.constantFrom("https://", "http://", "https://jane:canary@"), host, contextPath)
  .map(([scheme, name, path]) => ({ text: `${scheme}${name}${path}`, name, path }));

/** What stands around links, and between them. */
const scrap = fc.constantFrom(
  "git clone -b main",
  "--depth 1",
  "curl -u jane:canary",
  'curl -H "Authorization: Bearer canary12345"',
  "url:",
  "KEY=",
  '{"url":"',
  '"}',
  "[Bitbucket](",
  ")",
  "<",
  "|our server>",
  "&quot;",
  "(VPN only)",
  "„",
  "“.",
  "。",
  "origin\t",
  "jane@mail.example",
  "https",
  "://",
  "https://",
  "main",
  "1",
  "\n",
  " ",
  "\\",
  "\u200b",
  "%2F",
  "…",
);
const noise = fc.array(scrap, { maxLength: 5 }).map((scraps) => scraps.join(" "));
const wrap = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => encodeURIComponent(text),
  (text) => `https://a.safelinks.protection.outlook.com/?url=${encodeURIComponent(text)}&data=1`,
  (text) => `https://urldefense.com/v3/__${text}__;!!abc$`,
  (text) => text.replaceAll("/", "\\/"),
);
const pasted = fc
  .tuple(noise, link, wrap, noise, fc.option(link, { nil: undefined }))
  .map(([before, { text }, around, after, second]) =>
    [before, around(text), after, second?.text ?? ""].join(" "),
  );

describe("for any text around addresses", () => {
  test("no host is named that the text does not hold", () => {
    fc.assert(
      fc.property(pasted, (text) => {
        const diagnosis = diagnoseBaseUrl(text);
        if (!diagnosis.ok) return;
        expect(text).toContain(diagnosis.baseUrl.hostname);
        expect(diagnosis.baseUrl.hostname).toMatch(/\.example$/);
      }),
      { numRuns: 5000 },
    );
  }, 60_000);

  test("what it comes to is a base URL, which comes to itself", () => {
    fc.assert(
      fc.property(fc.oneof(pasted, fc.string({ unit: anyCharacter, maxLength: 80 })), (text) => {
        const once = diagnoseBaseUrl(text);
        if (once.ok) expect(diagnoseBaseUrl(once.baseUrl.href)).toEqual({ ...once, changes: [] });
      }),
      { numRuns: 5000 },
    );
  }, 60_000);

  test("no password beside or in an address stays anywhere in the answer", () => {
    fc.assert(
      fc.property(pasted, (text) => {
        expect(JSON.stringify(diagnoseBaseUrl(text))).not.toContain("canary");
      }),
      { numRuns: 3000 },
    );
  }, 60_000);
});

const around = fc.constantFrom<(text: string) => string>(
  (text) => `Our Bitbucket: ${text} (VPN only)`,
  (text) => `[Bitbucket](${text})`,
  (text) => `<${text}|our server>`,
  (text) => `[Bitbucket|${text}]`,
  (text) => `<a href="${text}">${text}</a>`,
  (text) => `BASE_URL=${text}`,
  (text) => `base_url: '${text}'`,
  (text) => JSON.stringify({ url: text }),
  (text) => `„${text}“.`,
  (text) => `「${text}」`,
  (text) => `git clone --depth 1 -b main ${text}/scm/data/loader.git`,
  (text) => `curl -u jane:canary ${text}/rest/api/1.0/projects`,
  (text) => `origin\t${text}/scm/data/loader.git (fetch)`,
  (text) => `git+${text}/scm/data/loader.git@main`,
  (text) => `https://www.google.com/url?q=${encodeURIComponent(text)}&sa=D`,
  (text) => `https://slack-redir.net/link?url=${encodeURIComponent(text)}&v=3`,
);

test("the one address of a text is found with its context path, however it is dressed", () => {
  fc.assert(
    fc.property(
      host,
      contextPath,
      fc.constantFrom("", ":8443"),
      around,
      around,
      (name, path, port, inner, outer) => {
        const address = `https://${name}${port}${path}`;
        expect(diagnoseBaseUrl(inner(address))).toMatchObject({
          ok: true,
          baseUrl: { href: address, contextPath: path },
        });
        // Two layers are no grammar of anything, but never another server.
        const twice = diagnoseBaseUrl(outer(inner(address)));
        if (twice.ok) expect(twice.baseUrl.origin).toBe(`https://${name}${port}`);
      },
    ),
    { numRuns: 2000 },
  );
}, 60_000);

test("two servers in one text are never taken for one", () => {
  fc.assert(
    fc.property(host, host, around, around, (one, other, dress, dressOther) => {
      fc.pre(one !== other);
      const text = `${dress(`https://${one}`)} ${dressOther(`https://${other}`)}`;
      expect(diagnoseBaseUrl(text)).toMatchObject({ ok: false });
    }),
    { numRuns: 1000 },
  );
});
