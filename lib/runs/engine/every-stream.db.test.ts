import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { sandboxAccounts, sandboxKeys } from "@/e2e/sandbox/accounts";
import { basic, bearer } from "@/e2e/sandbox/ask";
import { heldEverywhere } from "@/e2e/sandbox/held-everywhere";
import { type HeldStream, heldBy } from "@/e2e/sandbox/holdings";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import { MANY_REFS, MONOLITH } from "@/e2e/sandbox/world/large-company";
import type { Actor } from "@/lib/actor";
import { streamsOf } from "@/lib/connectors/stream-catalogues";
import type { ChosenRepository } from "@/lib/connectors/streams";
import type { SignIn } from "@/lib/connectors/types";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { aSandboxSource, choiceOf, countedRun, settingsFor, signInWith } from "@/lib/testing/read-twice";

const { ana, jane } = sandboxAccounts;
// A person who administers nearly everything: the server shows tokens to nobody else.
const asAna = {
  signIn: { scheme: "basic", username: ana.name, password: Secret.of(ana.password) } satisfies SignIn,
  authorization: basic(ana.name, ana.password),
};
const asJane = {
  signIn: signInWith(sandboxKeys.janeWrite),
  authorization: bearer(sandboxKeys.janeWrite.value),
};
const manual: Readonly<Record<string, string>> = { path: "/rest/api/1.0/projects", key: "id" };
const streams = streamsOf("bitbucket-server").map(({ id }) => id);

let db: Db;
let owner: Actor;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
});

async function readTwice(
  sandbox: Sandbox,
  stream: string,
  who: { signIn: SignIn; authorization: string },
  chosen?: readonly ChosenRepository[],
) {
  const held = await heldEverywhere(sandbox, { authorization: who.authorization, stream, chosen });
  const settings = settingsFor(stream, chosen, stream === "manual" ? manual : {});
  const { sourceId } = await aSandboxSource(db, owner, sandbox, { signIn: who.signIn, settings });
  const first = await countedRun(db, owner, sandbox, sourceId);
  const state = held.denied.length > 0 ? "incomplete" : "succeeded";
  expect(first.run).toMatchObject({ state, reason: null });
  expect(first.keys, JSON.stringify(first.run)).toEqual(held.keys);
  // No record twice, no page twice, never more than two calls at once.
  expect(first.run).toMatchObject({ received: held.keys.length, added: held.keys.length, unusable: 0 });
  expect(first.run).toMatchObject({ changed: 0, unchanged: 0, deleted: 0, calls: first.calls });
  expect(first.mostReads).toBe(1);
  expect(first.maxSimultaneous).toBeLessThanOrEqual(2);
  expect(first.calls / held.fewest).toBeLessThanOrEqual(1.05);
  const again = await countedRun(db, owner, sandbox, sourceId);
  expect(again.run).toMatchObject({ mode: "new", state: first.run.state, added: 0, changed: 0, deleted: 0 });
  expect(again.newest).toBe(first.newest);
  expect(again.calls).toBeLessThanOrEqual(held.again);
  return { held, first, again };
}

describe("the small company", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  it.each(streams)(
    "%s: a run reads exactly what the server holds with the fewest calls; with nothing new, one for each list",
    async (stream) => {
      const { held, first } = await readTwice(sandbox, stream, asAna);
      expect(held.keys.length).toBeGreaterThan(0);
      expect(first.run).toMatchObject({ state: "succeeded", partitionsSkipped: 0, partitionsFailed: 0 });
    },
  );

  it("what an account may not read is named, and read of no repository but its own", async () => {
    for (const stream of ["webhooks", "repository-permissions", "branch-restrictions", "ref-changes"]) {
      const { held, first, again } = await readTwice(sandbox, stream, asJane);
      expect(held.denied.length).toBeGreaterThan(3);
      expect(first.run).toMatchObject({ state: "incomplete", partitionsSkipped: held.denied.length });
      expect([first.denied, again.denied]).toEqual([held.denied, held.denied]);
    }
  });

  it.each<HeldStream>([
    ...(["projects", "repositories", "branches", "tags", "commits", "pull-requests", "users"] as const),
    ...(["pull-request-activities", "pull-request-comments", "pull-request-commits"] as const),
  ])("%s: what the lists give is what the server holds for that account", async (stream) => {
    const { keys } = await heldEverywhere(sandbox, { authorization: asJane.authorization, stream });
    const isOfPull = stream === "pull-request-activities" || stream === "pull-request-comments";
    const bare = keys.map((key) => (isOfPull ? key.slice(key.indexOf("/") + 1) : key));
    expect(bare.toSorted()).toEqual(heldBy(sandbox.instance("/"), stream, jane.name).toSorted());
  });
});

describe("the large company", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ size: "large" });
  });
  afterAll(() => sandbox.close());

  /** Every thirtieth repository, those with pages of branches and of commits, and more; not the one with 20,000 commits. */
  const twelve = () =>
    choiceOf(sandbox, [...Array.from({ length: 10 }, (_, at) => 8 + at * 30), MANY_REFS, 90]);

  it.each(["branches", "tags", "commits", "pull-requests", "pull-request-participants", "webhooks"])(
    "%s of twelve repositories: complete, with the fewest calls, and no list of repositories",
    async (stream) => {
      const chosen = twelve();
      expect(chosen).toHaveLength(12);
      const { first, held } = await readTwice(sandbox, stream, asAna, chosen);
      expect(first.run).toMatchObject({ state: "succeeded", partitions: 12 });
      expect(first.calls).toBe(held.fewest);
    },
  );

  it("more pull requests than a page holds: the first page is read once more, for those that came meanwhile", async () => {
    const settings = settingsFor("pull-requests", choiceOf(sandbox, [MONOLITH]));
    const { sourceId } = await aSandboxSource(db, owner, sandbox, { signIn: asAna.signIn, settings });
    const first = await countedRun(db, owner, sandbox, sourceId);
    const pages = Math.ceil(first.keys.length / 1000);
    expect(pages).toBeGreaterThan(1);
    expect([first.calls, first.mostReads]).toEqual([pages + 1, 2]);
    expect(first.run).toMatchObject({ added: first.keys.length, received: first.keys.length, changed: 0 });
    const again = await countedRun(db, owner, sandbox, sourceId);
    expect([again.calls, again.newest]).toEqual([pages, first.newest]);
  });
});
