import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BaseUrlChangeKind, BaseUrlProblem } from "@/lib/connectors/base-url-diagnosis";
import { anyCharacter, anyWebUrl } from "@/lib/testing/any-text";
import { diagnoseBaseUrl } from "./base-url";

const host = "https://bitbucket.example.com";

const normalized: readonly (readonly [typed: string, baseUrl: string, ...changes: BaseUrlChangeKind[]])[] = [
  // Already right.
  [host, host],
  [`${host}/stash`, `${host}/stash`],
  [`${host}/bitbucket`, `${host}/bitbucket`],
  [`${host}/Tools/Bitbucket`, `${host}/Tools/Bitbucket`],
  [`${host}:8443/bitbucket`, `${host}:8443/bitbucket`],
  ["http://bitbucket.example.com:7990", "http://bitbucket.example.com:7990"],
  ["http://localhost:7990/bitbucket", "http://localhost:7990/bitbucket"],
  ["https://bitbucket", "https://bitbucket"],
  ["https://10.20.30.40:7990", "https://10.20.30.40:7990"],
  ["https://[fd12::5]:7990", "https://[fd12::5]:7990"],
  ["https://build_server.corp", "https://build_server.corp"],
  ["https://bitbucket.org.example.com", "https://bitbucket.org.example.com"],
  ["https://xn--bcher-kva.example", "https://xn--bcher-kva.example"],
  [`${host}/jira`, `${host}/jira`],
  // Around it.
  [`  ${host}  `, host, "TRIMMED"],
  [`${host}\r\n`, host, "TRIMMED"],
  [`\t${host}`, host, "TRIMMED"],
  [`\u00a0${host}\u200b`, host, "TRIMMED"],
  [`"${host}"`, host, "TRIMMED"],
  [`<${host}/>`, host, "TRIMMED", "SLASHES_REMOVED"],
  [`${host},`, host, "TRIMMED"],
  // Scheme.
  ["bitbucket.example.com", host, "SCHEME_ADDED"],
  ["bitbucket.example.com/stash", `${host}/stash`, "SCHEME_ADDED"],
  ["bitbucket.example.com:7990", `${host}:7990`, "SCHEME_ADDED"],
  ["localhost:7990", "https://localhost:7990", "SCHEME_ADDED"],
  ["10.20.30.40:7990/stash", "https://10.20.30.40:7990/stash", "SCHEME_ADDED"],
  ["[fd12::5]:7990", "https://[fd12::5]:7990", "SCHEME_ADDED"],
  ["//bitbucket.example.com", host, "SCHEME_ADDED"],
  ["bitbucket", "https://bitbucket", "SCHEME_ADDED"],
  ["https:/bitbucket.example.com", host, "SCHEME_NORMALIZED"],
  ["https:bitbucket.example.com", host, "SCHEME_NORMALIZED"],
  ["https//bitbucket.example.com", host, "SCHEME_NORMALIZED"],
  ["https:///bitbucket.example.com", host, "SCHEME_NORMALIZED"],
  ["http://https://bitbucket.example.com", host, "SCHEME_NORMALIZED"],
  [
    "bitbucket.example.com:7990/login?next=http://x",
    `${host}:7990`,
    "SCHEME_ADDED",
    "QUERY_REMOVED",
    "PATH_CUT",
  ],
  // Case, port, host.
  ["HTTPS://BitBucket.Example.COM", host, "LOWER_CASED", "LOWER_CASED"],
  ["https://BITBUCKET.example.com/Stash", `${host}/Stash`, "LOWER_CASED"],
  [`${host}:443`, host, "DEFAULT_PORT_REMOVED"],
  ["http://bitbucket.example.com:80/stash", "http://bitbucket.example.com/stash", "DEFAULT_PORT_REMOVED"],
  [`${host}:`, host, "HOST_REWRITTEN"],
  [`${host}.`, host, "HOST_REWRITTEN"],
  ["https://bücher.example", "https://xn--bcher-kva.example", "HOST_ASCII"],
  ["https://git.пример.example", "https://git.xn--e1afmkfd.example", "HOST_ASCII"],
  ["https://ｂｉｔｂｕｃｋｅｔ.example.com", host, "HOST_REWRITTEN"],
  ["https://bitbucket。example。com", host, "HOST_REWRITTEN"],
  ["https://0x7f.1:7990", "https://127.0.0.1:7990", "HOST_REWRITTEN"],
  ["https://2130706433", "https://127.0.0.1", "HOST_REWRITTEN"],
  ["https://[::ffff:127.0.0.1]", "https://127.0.0.1", "HOST_REWRITTEN"],
  ["https://[::ffff:a14:1e28]:7990/stash", "https://10.20.30.40:7990/stash", "HOST_REWRITTEN"],
  // Slashes.
  [`${host}/`, host, "SLASHES_REMOVED"],
  [`${host}///`, host, "SLASHES_REMOVED"],
  [`${host}/stash/`, `${host}/stash`, "SLASHES_REMOVED"],
  [`${host}//stash`, `${host}/stash`, "SLASHES_REMOVED"],
  [`${host}/x/../stash`, `${host}/stash`],
  [`${host}/%73tash`, `${host}/stash`, "PATH_REWRITTEN"],
  [`${host}/st%c3%a4sh`, `${host}/st%C3%A4sh`, "PATH_REWRITTEN"],
  [`${host}/stash/%72est/api/1.0`, `${host}/stash`, "PATH_CUT"],
  // Pages and interfaces.
  [`${host}/projects`, host, "PATH_CUT"],
  [`${host}/projects/DATA`, host, "PATH_CUT"],
  [`${host}/projects/DATA/repos/loader/browse`, host, "PATH_CUT"],
  [
    `${host}/projects/DATA/repos/loader/browse/src/a.ts?at=refs%2Fheads%2Fmain#12`,
    host,
    "QUERY_REMOVED",
    "PATH_CUT",
  ],
  [`${host}/projects/DATA/repos/loader/pull-requests/7/overview`, host, "PATH_CUT"],
  [`${host}/projects/DATA/repos/loader/commits/0a1b2c`, host, "PATH_CUT"],
  [`${host}/stash/projects/DATA/repos/loader`, `${host}/stash`, "PATH_CUT"],
  [`${host}/Code/Stash/projects/DATA`, `${host}/Code/Stash`, "PATH_CUT"],
  [`${host}/bitbucket/projects/REST/repos/login`, `${host}/bitbucket`, "PATH_CUT"],
  [`${host}/users/jane`, host, "PATH_CUT"],
  [`${host}/users/jane@corp/repos/x`, host, "PATH_CUT"],
  [`${host}:7990/users/jane@corp`, `${host}:7990`, "PATH_CUT"],
  [`${host}/repos?visibility=public`, host, "QUERY_REMOVED", "PATH_CUT"],
  [`${host}/dashboard`, host, "PATH_CUT"],
  [`${host}/status`, host, "PATH_CUT"],
  [`${host}/bitbucket/status`, `${host}/bitbucket`, "PATH_CUT"],
  [`${host}/admin/users`, host, "PATH_CUT"],
  [`${host}/account`, host, "PATH_CUT"],
  [`${host}/profile`, host, "PATH_CUT"],
  [`${host}/getting-started`, host, "PATH_CUT"],
  [`${host}/mvc/error`, host, "PATH_CUT"],
  [`${host}/login?next=/projects/DATA`, host, "QUERY_REMOVED", "PATH_CUT"],
  [`${host}/stash/login;jsessionid=0A1B?next=%2Fdashboard`, `${host}/stash`, "QUERY_REMOVED", "PATH_CUT"],
  [`${host}/stash;jsessionid=0A1B`, `${host}/stash`, "QUERY_REMOVED"],
  [`${host}/plugins/servlet/access-tokens/manage`, host, "PATH_CUT"],
  [`${host}/rest`, host, "PATH_CUT"],
  [`${host}/rest/api/1.0`, host, "PATH_CUT"],
  [`${host}/rest/api/latest/projects?limit=1`, host, "QUERY_REMOVED", "PATH_CUT"],
  [`${host}/bitbucket/rest/api/1.0/application-properties`, `${host}/bitbucket`, "PATH_CUT"],
  [`${host}?a=b`, host, "QUERY_REMOVED"],
  [`${host}/stash#top`, `${host}/stash`, "QUERY_REMOVED"],
  // Clone links.
  [`${host}/scm/data/loader.git`, host, "PATH_CUT"],
  [`${host}/bitbucket/scm/data/loader.git`, `${host}/bitbucket`, "PATH_CUT"],
  [`${host}/scm/rest/loader.git`, host, "PATH_CUT"],
  [`${host}/scm/projects/DATA`, `${host}/scm`, "PATH_CUT"],
  [`${host}/scm/scm/data/loader.git`, host, "PATH_CUT"],
  ["https://jane@bitbucket.example.com/scm/data/loader.git", host, "USERINFO_REMOVED", "PATH_CUT"],
  [`git clone ${host}/scm/data/loader.git`, host, "CLONE_COMMAND", "PATH_CUT"],
  [`git clone --depth=1 ${host}/scm/data/loader.git here`, host, "CLONE_COMMAND", "PATH_CUT"],
  ["ssh://git@bitbucket.example.com:7999/data/loader.git", host, "SSH_LINK"],
  ["git+ssh://git@bitbucket.example.com/data/loader.git", host, "SSH_LINK"],
  ["git@bitbucket.example.com:data/loader.git", host, "SSH_LINK"],
  ["git@bitbucket.example.com:7999/data/loader.git", host, "SSH_LINK"],
  // User names and passwords.
  ["https://jane:pass@bitbucket.example.com/stash", `${host}/stash`, "USERINFO_REMOVED"],
  ["jane:pass@bitbucket.example.com", host, "SCHEME_ADDED", "USERINFO_REMOVED"],
  ["https://jane:p@ss@bitbucket.example.com", host, "USERINFO_REMOVED"],
  ["https://bitbucket.org@bitbucket.example.com", host, "USERINFO_REMOVED"],
];

const refused: readonly (readonly [typed: string, problem: BaseUrlProblem])[] = [
  ["", "EMPTY"],
  ["   ", "EMPTY"],
  ["https://", "NOT_AN_ADDRESS"],
  ["not a url", "NOT_AN_ADDRESS"],
  ["https://bit bucket.example.com", "NOT_AN_ADDRESS"],
  [`${host}/my path`, "NOT_AN_ADDRESS"],
  ["https://*.example.com", "NOT_AN_ADDRESS"],
  ["https://bitbucket..example.com", "NOT_AN_ADDRESS"],
  ["https://-bitbucket.example.com", "NOT_AN_ADDRESS"],
  ["https://999.1.1.1", "NOT_AN_ADDRESS"],
  ["https://[::1", "NOT_AN_ADDRESS"],
  [`https://${"a".repeat(64)}.example.com`, "NOT_AN_ADDRESS"],
  [`https://${"a.".repeat(140)}com`, "NOT_AN_ADDRESS"],
  [`${host}/${"a".repeat(2048)}`, "TOO_LONG"],
  ["https://bitbucket.example.com\r\nX-Evil: 1", "CONTROL_CHARACTERS"],
  ["https://bitbucket\t.example.com", "CONTROL_CHARACTERS"],
  ["https://bitbucket.example.com\n/stash", "CONTROL_CHARACTERS"],
  ["https://bitbucket\u202e.example.com", "CONTROL_CHARACTERS"],
  ["https://bit\u200bbucket.example.com", "CONTROL_CHARACTERS"],
  ["https://bitbucket.example.com\u0000", "CONTROL_CHARACTERS"],
  [`${host}/%0d%0aHost:evil`, "CONTROL_CHARACTERS"],
  [`${host}/stash%5c..`, "CONTROL_CHARACTERS"],
  ["https:\\\\bitbucket.example.com", "BACKSLASH"],
  ["https://bitbucket.example.com\\@evil.example", "BACKSLASH"],
  ["ftp://bitbucket.example.com", "UNSUPPORTED_SCHEME"],
  ["git://bitbucket.example.com/data/loader.git", "UNSUPPORTED_SCHEME"],
  ["htps://bitbucket.example.com", "UNSUPPORTED_SCHEME"],
  ["file:///etc/passwd", "UNSUPPORTED_SCHEME"],
  ["javascript:alert(1)", "UNSUPPORTED_SCHEME"],
  ["data:text/html,x", "UNSUPPORTED_SCHEME"],
  [`${host}:99999`, "BAD_PORT"],
  [`${host}:0`, "BAD_PORT"],
  [`${host}:port`, "BAD_PORT"],
  ["https://bitbuсket.example.com", "LOOK_ALIKE_HOST"], // the с is Cyrillic
  ["https://bitbucket.οrg", "LOOK_ALIKE_HOST"], // the ο is Greek
  ["jane@example.com", "LOOKS_LIKE_EMAIL"],
  ["mailto:jane@example.com", "LOOKS_LIKE_EMAIL"],
  [btoa(`123456789012:${"\u0001".repeat(20)}`), "LOOKS_LIKE_API_KEY"],
  ["https://jane:12/3@bitbucket.example.com", "AT_SIGN_UNCLEAR"],
  ["https://jane:12#3@bitbucket.example.com", "AT_SIGN_UNCLEAR"],
  ["https://jane?x@bitbucket.example.com", "AT_SIGN_UNCLEAR"],
  [`${host}/@evil.example`, "AT_SIGN_UNCLEAR"],
  ["https://bitbucket.org", "BITBUCKET_CLOUD"],
  ["bitbucket.org/team/repo", "BITBUCKET_CLOUD"],
  ["https://BITBUCKET.ORG./", "BITBUCKET_CLOUD"],
  ["https://api.bitbucket.org/2.0", "BITBUCKET_CLOUD"],
  ["https://jane@bitbucket.org/team/repo.git", "BITBUCKET_CLOUD"],
  ["git@bitbucket.org:team/repo.git", "BITBUCKET_CLOUD"],
  ["https://company.atlassian.net/wiki", "OTHER_ATLASSIAN_PRODUCT"],
  ["https://jira.example.com/browse/DATA-12", "OTHER_ATLASSIAN_PRODUCT"],
  ["https://example.com/jira/secure/Dashboard.jspa", "OTHER_ATLASSIAN_PRODUCT"],
  ["https://wiki.example.com/display/DATA/Home", "OTHER_ATLASSIAN_PRODUCT"],
  ["https://example.com/confluence/pages/viewpage.action?pageId=1", "OTHER_ATLASSIAN_PRODUCT"],
  ["https://github.com/octo/repo", "OTHER_GIT_HOST"],
  ["git@gitlab.com:octo/repo.git", "OTHER_GIT_HOST"],
  ["https://gitlab.example.com/group/repo.git", "OTHER_GIT_HOST"],
];

describe("what users paste", () => {
  test.each(normalized)("%j becomes %j", (typed, baseUrl, ...changes) => {
    const diagnosis = diagnoseBaseUrl(typed);
    expect(diagnosis).toMatchObject({ ok: true, baseUrl: { href: baseUrl } });
    if (!diagnosis.ok) return;
    expect(diagnosis.changes.map((change) => change.kind)).toEqual(changes);
    expect(diagnosis.baseUrl.origin + diagnosis.baseUrl.contextPath).toBe(baseUrl);
  });

  test.each(refused)("22 %j is refused as %s, in a sentence", (typed, problem) => {
    const diagnosis = diagnoseBaseUrl(typed);
    expect(diagnosis).toMatchObject({ ok: false, problem });
    if (diagnosis.ok) return;
    expect(diagnosis.message).toMatch(/^[A-Z].{20,}\.$/s);
  });
});

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
const hostName = fc
  .array(label, { minLength: 1, maxLength: 3 })
  .map((labels) => [...labels, "example"].join("."));
const contextPath = fc
  .array(fc.stringMatching(/^ctx[A-Za-z0-9._~-]{0,8}[A-Za-z0-9]$/), { maxLength: 3 })
  .map((segments) => segments.map((segment) => `/${segment}`).join(""));
const tail = fc.constantFrom(
  "",
  "/",
  "/projects/A/repos/b",
  "/rest/api/1.0",
  "/login?next=/x",
  "/scm/a/b.git",
);
const secret = fc
  .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
  .map((text) => `Secret${encodeURIComponent(text)}`);

// Thousands of addresses take a second or two, and longer on a busy machine.
describe("for any address", () => {
  test("a base URL is a fixed point: diagnosing it again changes nothing", () => {
    fc.assert(
      fc.property(fc.oneof(anyWebUrl, fc.string()), (typed) => {
        const once = diagnoseBaseUrl(typed);
        if (!once.ok) return;
        expect(diagnoseBaseUrl(once.baseUrl.href)).toEqual({ ...once, changes: [] });
      }),
      { numRuns: 2000 },
    );
  }, 30_000);

  test("however a server is spelled, it is one address", () => {
    const spelled = (text: string, choices: readonly boolean[]) =>
      [...text].map((one, index) => (choices[index % choices.length] ? one.toUpperCase() : one)).join("");
    const encoded = (path: string, choices: readonly boolean[]) =>
      path.replace(/[a-z0-9]/gi, (one, index: number) =>
        choices[index % choices.length] ? `%${one.charCodeAt(0).toString(16)}` : one,
      );
    const choices = fc.array(fc.boolean(), { minLength: 1, maxLength: 9 });
    const ends = fc.tuple(fc.constantFrom("", "."), fc.constantFrom("", ":443", ":0443", ":"));
    const extra = fc.constantFrom("", "/", "//", "/rest/api/1.0/", "?a=b", "#top");
    fc.assert(
      fc.property(hostName, contextPath, choices, ends, extra, (name, path, picks, [dot, port], end) => {
        const typed = `${spelled("https", picks)}://${spelled(name, picks)}${dot}${port}${encoded(path, picks)}${end}`;
        expect(diagnoseBaseUrl(typed)).toMatchObject({
          ok: true,
          baseUrl: { href: `https://${name}${path}` },
        });
      }),
      { numRuns: 1000 },
    );
  });

  test("a context path is never lost nor altered", () => {
    fc.assert(
      fc.property(hostName, contextPath, tail, (name, path, end) => {
        expect(diagnoseBaseUrl(`https://${name}${path}${end}`)).toMatchObject({
          ok: true,
          baseUrl: { href: `https://${name}${path}`, contextPath: path },
        });
      }),
    );
  });

  test("nothing of a user name or password stays anywhere in the answer", () => {
    fc.assert(
      fc.property(hostName, contextPath, tail, secret, fc.boolean(), (name, path, end, hidden, withName) => {
        const userinfo = withName ? `Secretjane:${hidden}` : hidden;
        const diagnosis = diagnoseBaseUrl(`https://${userinfo}@${name}${path}${end}`);
        expect(JSON.stringify(diagnosis)).not.toMatch(/secret/i);
        expect(diagnosis).toMatchObject({ ok: true, baseUrl: { href: `https://${name}${path}` } });
      }),
    );
  });

  test("any text gets an answer, and a base URL has neither user info, query, fragment nor closing slash", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), (noise) => {
        for (const typed of [noise, `https://${noise}`, `https://host/${noise}`]) {
          const diagnosis = diagnoseBaseUrl(typed);
          if (diagnosis.ok)
            expect(diagnosis.baseUrl.href).toMatch(/^https?:\/\/[^/?#@\s\\]+(?:\/[^/?#@\s\\]+)*$/);
        }
      }),
      { numRuns: 2000 },
    );
  }, 30_000);
});
