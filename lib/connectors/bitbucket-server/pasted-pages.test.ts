import { domainToUnicode } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesInWords } from "@/lib/connectors/base-url-diagnosis";
import { spellOutHost } from "@/lib/text/punycode";
import { diagnoseBaseUrl } from "./base-url";

const h = "https://git.acme.example";
const coded = encodeURIComponent;
const page = `${h}/projects/DATA/repos/loader`;

const outlook = `https://eur01.safelinks.protection.outlook.com/?url=${coded(page)}&data=05%7C02%7C&reserved=0`;

const wrapped: readonly (string | readonly [text: string, baseUrl: string])[] = [
  outlook,
  `https://nam12.safelinks.protection.outlook.com/ap/t-59584e83/?url=${coded(h)}&data=x`,
  `https://gcc02.safelinks.protection.office365.us/?url=${coded(h)}&data=x`,
  `https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=${coded(h)}&locale=en`,
  `https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html?url=${coded(page)}`,
  `https://www.google.com/url?q=${h}&sa=D&source=editors&ust=1`,
  `https://www.google.com/url?q=${coded(page)}&sa=D`,
  `https://www.google.de/url?sa=t&url=${coded(h)}&usg=x`,
  `https://google.co.uk/url?q=${coded(h)}`,
  `https://slack-redir.net/link?url=${coded(page)}&v=3`,
  `https://slack-redir.net/link?url=${coded(h)}`,
  `https://app.slack.com/link?url=${coded(h)}`,
  `https://urldefense.proofpoint.com/v1/url?u=${coded(h)}&k=x`,
  "https://urldefense.proofpoint.com/v2/url?u=https-3A__git.acme.example_projects_DATA&d=DwMFaQ&c=x",
  [
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__git.acme.example-3A8443_stash&d=D",
    `${h}:8443/stash`,
  ],
  `https://urldefense.com/v3/__${page}__;!!abc!def$`,
  `https://urldefense.com/v3/__${h}/login?a=1*b__;Iw!!abc!def$`,
  `https://urldefense.us/v3/__${h}__;!!abc$`,
  [`https://urldefense.com/v3/__${h}/bitbucket/projects/A__;!!abc!def$ `, `${h}/bitbucket`],
  `https://linkprotect.cudasvc.com/url?a=${coded(page)}&c=E,1,abc&typo=1`,
  `https://url.avanan.click/v2/___${h}/___.YXAzOm`,
  `https://url.avanan.click/v2/r01/___${page}___.YXAzOm`,
  `https://protect.checkpoint.com/v2/r02/___${h}___.YXAzOm`,
  `https://secure-web.cisco.com/1abc-def/${coded(page)}`,
  `https://protect2.fireeye.com/v1/url?k=1&q=1&e=2&u=${coded(h)}`,
  `https://clicktime.symantec.com/3abc?u=${coded(h)}`,
  `https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/query?url=${coded(h)}&umid=1`,
  `https://scanmail.trustwave.com/?c=1&d=2&u=${coded(h)}`,
  `https://eu-west-1.protection.sophos.com/?d=acme.example&u=${btoa(h)}&i=1`,
  `https://l.facebook.com/l.php?u=${coded(h)}&h=AT0`,
  `https://www.linkedin.com/redir/redirect?url=${coded(h)}`,
  `https://duckduckgo.com/l/?uddg=${coded(h)}`,
  // A wrapper in a wrapper, and in other text.
  `https://www.google.com/url?q=${coded(outlook)}`,
  `https://urldefense.com/v3/__${outlook}__;!!abc$`,
  `[Bitbucket](${outlook})`,
  `<a href="${outlook.replaceAll("&", "&amp;")}">${h}</a>`,
  `<https://slack-redir.net/link?url=${coded(h)}|git.acme.example>`,
  `Bitbucket<${outlook}> (VPN only)`,
  `Bitbucket: https://urldefense.com/v3/__${h}__;!!abc!def$ (VPN)`,
  [
    `https://slack-redir.net/link?url=${coded("http://10.20.30.40:7990/stash")}`,
    "http://10.20.30.40:7990/stash",
  ],
];

test.each(wrapped.map((row) => (typeof row === "string" ? ([row, h] as const) : row)))(
  "%j is unwrapped to %s",
  (text, baseUrl) => {
    expect(diagnoseBaseUrl(text)).toMatchObject({ ok: true, baseUrl: { href: baseUrl } });
  },
);

test.each([
  ["https://protect-eu.mimecast.com/s/AbCdEf?domain=acme.example", "WRAPPED_LINK"],
  ["https://bit.ly/3abc", "WRAPPED_LINK"],
  ["https://aka.ms/bitbucket", "WRAPPED_LINK"],
  ["https://eur01.safelinks.protection.outlook.com/", "WRAPPED_LINK"],
  ["https://urldefense.com/v3/broken", "WRAPPED_LINK"],
  [`https://slack-redir.net/link?url=${coded("https://bitbucket.org/team")}`, "BITBUCKET_CLOUD"],
  [`https://slack-redir.net/link?url=${coded("https://github.com/a/b")}`, "OTHER_GIT_HOST"],
])("%j is refused as %s", (text, problem) => {
  expect(diagnoseBaseUrl(text)).toMatchObject({ ok: false, problem });
});

/** Pages and files of Bitbucket itself: what stands before them is its context path. */
const ownPages = [
  "about",
  "about/third-party-libraries",
  "system/startup",
  "system/maintenance",
  "unavailable",
  "j_stash_security_check",
  "j_atl_security_check",
  "s/4f0e2d/9.4.3/_/download/batch/x.css",
  "download/resources/x/logo.png",
  "favicon.ico",
  "robots.txt",
  "maintenance",
  "login",
  "logout",
  "passwordreset",
  "admin",
  "admin/server-settings",
  "account",
  "profile",
  "dashboard",
  "repos",
  "projects",
  "users/jane",
  "scm/data/loader.git",
  "scm/data/loader.git/info/refs?service=git-upload-pack",
  "rest/api/latest/projects",
  "plugins/servlet/search?q=x",
  "plugins/servlet/upm",
  "setup",
  "mvc/maintenance",
  "status",
];

describe.each(["", "/stash", "/tools/bitbucket"])("with the context path %j", (contextPath) => {
  test.each(ownPages)("/%s is a page of Bitbucket", (path) => {
    expect(diagnoseBaseUrl(`${h}${contextPath}/${path}`)).toMatchObject({
      ok: true,
      baseUrl: { contextPath },
    });
  });
});

test.each(["/s", "/git", "/stash-system", "/aboutus", "/code", "/vcs/bitbucket", "/Bitbucket_2"])(
  "%s is a context path",
  (contextPath) => {
    expect(diagnoseBaseUrl(h + contextPath)).toMatchObject({ ok: true, baseUrl: { href: h + contextPath } });
  },
);

test.each([
  ["https://company.atlassian.net", "OTHER_ATLASSIAN_PRODUCT"],
  ["https://company.jira.com/browse/A-1", "OTHER_ATLASSIAN_PRODUCT"],
  ["https://id.atlassian.com/login", "OTHER_ATLASSIAN_PRODUCT"],
  ["https://altssh.bitbucket.org:443/a/b.git", "BITBUCKET_CLOUD"],
  ["https://team.bitbucket.io", "BITBUCKET_CLOUD"],
  ["https://company.ghe.com/a/b", "OTHER_GIT_HOST"],
  ["git@ssh.dev.azure.com:v3/a/b/c", "OTHER_GIT_HOST"],
  ["git clone -b main https://github.com/a/b.git", "OTHER_GIT_HOST"],
  [`${h}/stash%22%3E`, "CONTROL_CHARACTERS"],
  [`${h}/stash&token=abc`, "NOT_AN_ADDRESS"],
])("%j is refused as %s", (text, problem) => {
  expect(diagnoseBaseUrl(text)).toMatchObject({ ok: false, problem });
});

describe("a host with xn-- labels", () => {
  test.each([
    ["https://xn--bcher-kva.example", "bücher.example"],
    ["https://xn--80ak6aa92e.example", "аррӏе.example"],
    ["https://git.xn--e1afmkfd.example/stash", "git.пример.example"],
    ["https://bücher.example", "bücher.example"],
  ])("%j is shown as %s", (text, spelledOut) => {
    expect(diagnoseBaseUrl(text)).toMatchObject({ ok: true, spelledOut });
  });

  test.each([
    ["https://xn--80ak6aa92e.example", "аррӏе.example, with Cyrillic letters."],
    ["https://ελλάδα.example", "ελλάδα.example, with Greek letters."],
    ["https://bücher.example", "bücher.example."],
  ])("%j is said to have other letters where they look like Latin ones", (text, words) => {
    const answer = diagnoseBaseUrl(text);
    expect(answer.ok && changesInWords(answer)).toContain(`Spelled out, the host name is ${words}`);
  });

  test("that imitates another by letters of two alphabets is refused, and spelled out", () => {
    // The letter с in the middle is Cyrillic.
    const answer = diagnoseBaseUrl(`https://${new URL("https://bitbuсket.example.com").hostname}/stash`);
    expect(answer).toMatchObject({ ok: false, problem: "LOOK_ALIKE_HOST" });
    expect(answer.ok ? "" : answer.message).toContain("bitbuсket.example.com");
  });

  test("is spelled out as Node.js does it, and any other text stays as it is", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(name, (text) => {
        const { hostname } = URL.canParse(`https://${text}.example`)
          ? new URL(`https://${text}.example`)
          : new URL("https://a.example");
        expect(spellOutHost(hostname)).toBe(domainToUnicode(hostname));
      }),
      { numRuns: 1000 },
    );
    fc.assert(fc.property(fc.string(), (text) => typeof spellOutHost(`xn--${text}`) === "string"));
  });
});

test.each(["localhost:8101", "git.acme.example:7990", "10.20.30.40:7990"])(
  "%s gets https://, with a word on how to reach a port without it",
  (text) => {
    const answer = diagnoseBaseUrl(text);
    expect(answer).toMatchObject({ ok: true, baseUrl: { href: `https://${text}` } });
    expect(answer.ok && answer.changes[0]?.message).toContain("put http:// there");
  },
);
