import { afterEach, describe, expect, test } from "vitest";
import type { SignIn, VerifiedOutcome } from "@/lib/connectors/types";
import { Secret } from "@/lib/secret";
import {
  denied,
  jane,
  page,
  serveBitbucket,
  type TestAnswer,
  type TestBitbucket,
  type TestRoutes,
} from "@/lib/testing/bitbucket";
import { checkCredential } from "./check";

const egress = {
  policy: { mode: "open", allow: [], loopback: true },
  limits: { connectMs: 1_000, headersMs: 1_000, totalMs: 2_000, bodyBytes: 64 * 1024 },
} as const;
const keyId = "123456789012";
const apiKey = btoa(`${keyId}:${"\u0007".repeat(20)}`);
const bearer: SignIn = { scheme: "bearer", apiKey: Secret.of(apiKey), expectedAccount: null };
const basic: SignIn = { scheme: "basic", username: "jane", password: Secret.of("canary-pass") };

const servers: TestBitbucket[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

type Answers = Record<string, TestAnswer | ((server: TestBitbucket) => TestAnswer)>;

/** Checks against a server with these responses if a path contains a key of `answers`; the longest key counts. */
async function verify(answers: Answers, signIn: SignIn = bearer, contextPath = "") {
  const keys = Object.keys(answers).sort((one, other) => other.length - one.length);
  const routes: TestRoutes = (path) => {
    const answer = answers[keys.find((key) => path.includes(key)) ?? ""];
    return typeof answer === "function" ? answer(server) : answer;
  };
  const server: TestBitbucket = await serveBitbucket(routes, contextPath);
  servers.push(server);
  const outcome = await checkCredential(egress, { baseUrl: server.baseUrl, signIn });
  expect(outcome.kind).toBe("verified");
  // Just shown to be of that kind.
  return { outcome: outcome as VerifiedOutcome, server, requested: server.seen.map(({ path }) => path) };
}

describe("the end of a key", () => {
  const at = "/access-tokens/";
  const day = 24 * 60 * 60 * 1000;
  const created = Date.UTC(2026, 0, 1);
  const ends = new Date(created + 90 * day).toISOString();

  test.each<[string, object]>([
    ["days after its creation", { id: keyId, createdDate: created, expiryDays: 90 }],
    ["days after a creation in ISO text", { id: keyId, createdDate: "2026-01-01T00:00:00Z", expiryDays: 90 }],
    ["an instant", { id: keyId, createdDate: 1, expiryDate: created + 90 * day }],
    ["an instant in ISO text without a colon", { id: keyId, expiryDate: ends.replace(".000Z", "+0000") }],
  ])("is read from %s", async (_how, body) => {
    const { outcome, requested } = await verify({ [at]: { body } });
    expect(outcome.keyEndsAt).toBe(ends);
    expect(requested.at(-1)).toBe(`/rest/access-tokens/latest/users/jane/${keyId}`);
  });

  test.each<[string, TestAnswer]>([
    ["refused to a key, as most servers do", denied("AuthorisationException")],
    ["refused like a wrong secret", denied("auth.IncorrectPasswordAuthenticationException")],
    ["not there", denied("NoSuchUserException", 404)],
    ["of another key", { body: { id: "999999999999", createdDate: created, expiryDays: 90 } }],
    ["silent on the end", { body: { id: keyId, createdDate: created } }],
    ["beyond all calendars", { body: { id: keyId, expiryDate: 9e15 } }],
    ["nonsense", { body: { id: keyId, createdDate: "soon", expiryDays: "many" } }],
    ["not to be had", { isSilent: true }],
  ])("stays unknown, and the credential verified, where the answer is %s", async (_what, answer) => {
    const { outcome, requested } = await verify({ [at]: answer });
    expect(outcome).toMatchObject({ keyEndsAt: null, keyKind: "user" });
    expect(requested.filter((path) => path.includes(at))).toHaveLength(1);
  });

  test("is asked for a user's key only", async () => {
    const service = { body: page([{ ...jane, type: "SERVICE" }]) };
    const password = await verify({}, basic);
    const project = await verify({ "/users?": service });
    expect(password.outcome.keyKind).toBeNull();
    expect(project.outcome.keyKind).toBe("project");
    expect([...password.requested, ...project.requested].filter((path) => path.includes(at))).toEqual([]);
  });
});

describe("the request allowance", () => {
  const general = "/rate-limit/settings";
  const own = `${general}/users/jane`;
  const enabled = { enabled: true, defaultSettings: { capacity: 60, fillRate: 5 } };

  test.each<[string, Answers, VerifiedOutcome["allowance"]]>([
    ["the general one", { [general]: { body: enabled }, [own]: denied("X", 404) }, limited(60, 5)],
    [
      "the account's own",
      { [general]: { body: enabled }, [own]: { body: { settings: { capacity: 600, fillRate: 50 } } } },
      limited(600, 50),
    ],
    [
      "none for an exempted account",
      { [general]: { body: enabled }, [own]: { body: { whitelisted: true } } },
      { kind: "unlimited" },
    ],
    ["none where it is off", { [general]: { body: { ...enabled, enabled: false } } }, { kind: "unlimited" }],
    ["unknown where it is refused", { [general]: denied("AuthorisationException") }, null],
    ["unknown in nonsense", { [general]: { body: { enabled: "yes" } } }, null],
  ])("is %s", async (_what, answers, allowance) => {
    const { outcome } = await verify(answers);
    expect(outcome.allowance).toEqual(allowance);
  });

  function limited(atOnce: number, perSecond: number) {
    return { kind: "limited", atOnce, perSecond } as const;
  }
});

describe("the picture of an account", () => {
  const png = "\u0089PNG\r\n\u001a\n";
  const image = (bytes: string, type = "image/png"): TestAnswer => ({
    body: Buffer.from(bytes, "latin1"),
    headers: { "content-type": type },
  });
  const user = (avatarUrl: string): TestAnswer => ({ body: page([{ ...jane, avatarUrl }]) });
  const usual = { "/users?": user("/stash/users/jane/avatar.png?s=64"), "/avatar.png": image(png) };

  test("is fetched without the credential, from under the base URL", async () => {
    const { outcome, server } = await verify(usual, bearer, "/stash");
    expect(outcome.avatar).toMatchObject({ mediaType: "image/png" });
    expect(server.seen.filter(({ path }) => path.includes("avatar.png"))).toEqual([
      { path: "/users/jane/avatar.png?s=64", authorization: undefined },
    ]);
  });

  test("may be named by its whole address on the same server", async () => {
    const whole = (server: TestBitbucket) => user(`${server.baseUrl}/users/jane/avatar.png`);
    const { outcome } = await verify({ ...usual, "/users?": whole });
    expect(outcome.avatar).not.toBeNull();
  });

  test.each([
    ["https://secure.gravatar.com/avatar/0a1b.jpg"],
    ["https://secure.gravatar.com/stash/avatar.jpg"],
    ["http://127.0.0.1:1/stash/avatar.png"],
    ["//127.0.0.1:1/users/jane/avatar.png"],
    ["/users/jane/avatar.png"],
    ["/stash/../users/jane/avatar.png"],
    ["/stashed/users/jane/avatar.png"],
    ["javascript:alert(1)"],
    ["data:image/png;base64,iVBORw0KGgo="],
    ["http://["],
    [`/stash/${"a".repeat(600)}`],
  ])("is not sought at %s", async (avatarUrl) => {
    const { outcome, requested } = await verify({ ...usual, "/users?": user(avatarUrl) }, bearer, "/stash");
    expect(outcome.avatar).toBeNull();
    expect(requested.filter((path) => /avatar\.|\/aaa/.test(path))).toEqual([]);
  });

  test.each([
    ["image/png", png],
    ["image/jpeg", "\u00ff\u00d8\u00ff\u00e0"],
    ["image/gif", "GIF89a"],
    ["image/webp", "RIFF\u0001\u0002\u0003\u0004WEBPVP8 "],
  ])("is %s by its first bytes, whatever the server calls it", async (mediaType, bytes) => {
    const { outcome } = await verify(
      { ...usual, "/avatar.png": image(bytes, "text/html") },
      bearer,
      "/stash",
    );
    expect(outcome.avatar?.mediaType).toBe(mediaType);
    expect(Buffer.from(outcome.avatar?.image ?? []).toString("latin1")).toBe(bytes);
  });

  test.each<[string, TestAnswer]>([
    ["a page", image("<!DOCTYPE html>", "image/png")],
    ["a drawing that can hold a script", image('<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml")],
    ["more than 32 KB", image(png + "x".repeat(32 * 1024))],
    ["far more", image(png + "x".repeat(80 * 1024))],
    ["a way to the sign-in page", { status: 302, headers: { location: "/login" } }],
    ["nothing", image("")],
    ["silence", { isSilent: true }],
  ])("is left out when it is %s, and the credential stays verified", async (_what, answer) => {
    const { outcome } = await verify({ ...usual, "/avatar.png": answer }, bearer, "/stash");
    expect(outcome.avatar).toBeNull();
  });
});

describe("a server that asks for fewer requests", () => {
  test.each<[string, TestAnswer]>([
    ["too many requests", { status: 429 }],
    ["an error of its own", { status: 500 }],
    ["a broken line", { isSilent: true }],
  ])("is asked nothing more after %s, with the credential or without", async (_what, answer) => {
    const avatar = { body: page([{ ...jane, avatarUrl: "/users/jane/avatar.png" }]) };
    const { requested } = await verify({ "/rate-limit/": answer, "/users?": avatar });
    expect(requested.at(-1)).toBe("/rest/api/1.0/admin/rate-limit/settings");
  });
});

describe("rights on projects", () => {
  test("are counted by permission, without requests whose result is certain", async () => {
    const { outcome, requested } = await verify({
      PROJECT_READ: { body: page([{}], false) },
      PROJECT_WRITE: { body: page([]) },
    });
    expect(outcome.access.projectRights).toEqual({
      readable: { count: 1, more: true },
      writable: { count: 0, more: false },
      administrable: { count: 0, more: false },
    });
    expect(requested.filter((path) => path.includes("PROJECT_ADMIN"))).toEqual([]);
  });

  test("that the server does not give stay unknown without a warning", async () => {
    const { outcome } = await verify({ PROJECT_READ: denied("AuthorisationException") });
    expect(outcome.access.projectRights).toEqual({ readable: null, writable: null, administrable: null });
    expect(outcome.warnings).toEqual(["PLAIN_HTTP"]);
  });
});
