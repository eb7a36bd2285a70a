import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { checkCredential } from "@/lib/connectors/bitbucket-server/check";
import type { KeyKind, SignIn, VerifiedOutcome } from "@/lib/connectors/types";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { ask, basic, bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";

const { jane, omar, ana, zoe } = sandboxAccounts;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const listSchema = z.object({ values: z.array(z.object({ project: z.object({ type: z.string() }) })) });
const withKey = (name: keyof typeof sandboxKeys): SignIn => ({
  scheme: "bearer",
  apiKey: Secret.of(sandboxKeys[name].value),
  expectedAccount: null,
});
const withPassword = ({ name, password }: typeof jane): SignIn => ({
  scheme: "basic",
  username: name,
  password: Secret.of(password),
});

async function verify(signIn: SignIn, instance = "/"): Promise<VerifiedOutcome> {
  const policy = { mode: "open", allow: [], loopback: true } as const;
  const outcome = await checkCredential({ policy }, { baseUrl: baseUrlAt(sandbox.url(instance)), signIn });
  if (outcome.kind !== "verified") throw new Error(`the check failed: ${outcome.reason}`);
  return outcome;
}

describe("a check of the sandbox reports", () => {
  test.each<[keyof typeof sandboxKeys, KeyKind, string]>([
    ["janeWrite", "user", "/"],
    ["omarWrite", "user", "/bitbucket"],
    ["zoeOlder", "user", "/"],
    ["tamRead", "user", "/ten"],
    ["projectData", "project", "/"],
    ["projectData", "project", "/ten"],
    ["repositoryLedger", "repository", "/"],
    ["repositoryLedger", "repository", "/stash"],
  ])("that the key %s is a %s's, at %s", async (key, kind, instance) => {
    expect((await verify(withKey(key), instance)).keyKind).toBe(kind);
  });

  test("that a password is not a key", async () => {
    expect(await verify(withPassword(jane))).toMatchObject({ keyKind: null, keyEndsAt: null });
  });

  test("a key's end date, where the server lets the key read it, and none elsewhere", async () => {
    const endsAt = (await verify(withKey("janeRead"), "/bitbucket")).keyEndsAt;
    const daysLeft = (Date.parse(endsAt ?? "") - Date.now()) / (24 * 60 * 60 * 1000);
    expect(daysLeft).toBeGreaterThan(18);
    expect(daysLeft).toBeLessThanOrEqual(20);
    expect((await verify(withKey("zoeOlder"), "/bitbucket")).keyEndsAt).toBe(endsAt);
    expect((await verify(withKey("zoeAdmin"), "/bitbucket")).keyEndsAt).toBeNull();
    expect((await verify(withKey("janeRead"), "/")).keyEndsAt).toBeNull();
  });

  test("the account's rate limit", async () => {
    const general = { kind: "limited", atOnce: 60, perSecond: 5 };
    expect((await verify(withPassword(jane))).allowance).toEqual(general);
    expect((await verify(withKey("projectData"))).allowance).toEqual(general);
    expect((await verify(withPassword(omar))).allowance).toEqual({
      kind: "limited",
      atOnce: 600,
      perSecond: 50,
    });
    expect((await verify(withPassword(ana))).allowance).toEqual({ kind: "unlimited" });
  });

  test("rights on projects and on repositories", async () => {
    expect((await verify(withPassword(zoe))).access.projectRights?.administrable?.count).toBeGreaterThan(0);
    expect((await verify(withKey("repositoryLedger"))).access).toMatchObject({
      projects: { count: 1 },
      readable: { count: 1 },
      writable: { count: 0 },
      projectRights: { readable: { count: 0 }, writable: { count: 0 }, administrable: { count: 0 } },
    });
  });

  test("personal repositories in its counts, and no archived ones", async () => {
    const list = async (query: string) => {
      const reply = await ask(`${sandbox.origin}/rest/api/1.0/repos?limit=100&permission=REPO_READ${query}`, {
        authorization: basic(jane.name, jane.password),
      });
      return listSchema.parse(reply.json).values;
    };
    const [all, unarchived] = [await list("&archived=ALL"), await list("")];
    expect(unarchived.filter(({ project }) => project.type === "PERSONAL")).toHaveLength(1);
    expect(all.length).toBeGreaterThan(unarchived.length);
    expect((await verify(withPassword(jane))).access.readable?.count).toBe(unarchived.length);
  });

  test("the account's avatar, unless a public service has it", async () => {
    const own = (await verify(withPassword(jane), "/bitbucket")).avatar;
    expect(own?.mediaType).toBe("image/png");
    expect(own?.image.length).toBeLessThan(4096);
    expect((await verify(withPassword(jane), "/stash")).avatar).toBeNull();
    expect((await verify(withKey("projectData"))).avatar).toBeNull();
  });

  test("all of this without a failed sign-in, and an avatar without the credential", async () => {
    await verify(withKey("janeWrite"), "/bitbucket");
    const journal = sandbox.journal();
    expect(journal.filter(({ outcome }) => outcome === "refused")).toEqual([]);
    expect(journal.filter(({ path }) => path.includes("avatar.png")).map(({ scheme }) => scheme)).toEqual([
      "none",
    ]);
  });
});

describe("the sandbox's own record of a key", () => {
  const record = (instance: string, slug: string, authorization: string) => {
    const path = `rest/access-tokens/latest/users/${slug}/${sandboxKeys.janeRead.id}`;
    return ask(`${sandbox.url(instance)}/${path}`, { authorization });
  };

  test("is shown to its user, and to the key itself only where the server allows it", async () => {
    const key = bearer(sandboxKeys.janeRead.value);
    const shown = await record("/", jane.slug, basic(jane.name, jane.password));
    expect(shown.json).toMatchObject({ id: sandboxKeys.janeRead.id, name: "janeRead", expiryDays: 90 });
    expect(shown.text).not.toContain(sandboxKeys.janeRead.value);
    expect((await record("/bitbucket", jane.slug, key)).status).toBe(200);
    expect((await record("/", jane.slug, key)).status).toBe(401);
  });

  test("is not shown to other users", async () => {
    expect((await record("/", jane.slug, basic(omar.name, omar.password))).status).toBe(401);
    expect((await record("/", omar.slug, basic(omar.name, omar.password))).status).toBe(404);
    expect((await record("/", "nobody", basic(omar.name, omar.password))).status).toBe(404);
  });
});
