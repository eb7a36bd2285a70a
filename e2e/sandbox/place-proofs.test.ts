import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Action, Values } from "@/lib/connectors/action";
import { actionCatalogueOf } from "@/lib/connectors/action-catalogues";
import type { DestinationConnection } from "@/lib/connectors/action-sender";
import { valuesFor } from "@/lib/testing/action-values";
import { sandboxKeys } from "./accounts";
import { newestCommit } from "./newest-commit";
import { withKey } from "./read-sources";
import { closeDestinations, destinationAt } from "./send-records";
import { type Sandbox, startSandbox } from "./start";
import { perform } from "./write-actions";

let sandbox: Sandbox;
let ana: DestinationConnection;
let jane: DestinationConnection;

beforeAll(async () => {
  sandbox = await startSandbox();
  ana = await destinationAt(sandbox, withKey(sandboxKeys.anaAdmin));
  jane = await destinationAt(sandbox, withKey(sandboxKeys.janeRead));
});
beforeEach(() => sandbox.reset());
afterAll(async () => {
  await closeDestinations();
  await sandbox.close();
});

const actions = actionCatalogueOf("bitbucket-server").actions.filter(({ fields }) =>
  fields.some(({ name }) => name === "project"),
);
const inRepository = actions.filter(({ fields }) => fields.some(({ name }) => name === "repository"));
const below = (name: string) =>
  inRepository.filter(({ fields }) => fields.some((field) => field.name === name && field.isRequired));

const named = (some: readonly Action[]) => some.map((action) => [action.id, action] as const);

/** What the sandbox holds, where the action's sample does not stand there. */
const held: Readonly<Record<string, Values>> = {
  "grant-right": { name: "zlindqvist", permission: "REPO_WRITE" },
  "delete-branch": { name: "feature/decimal-amounts" },
};

/** The results of a dry run, which writes nothing, and of a run. */
async function both(by: DestinationConnection, action: Action, more: Values) {
  const values = { ...valuesFor(action, "required"), ...held[action.id], ...more };
  const dry = await perform(by, action.id, values, { isDry: true });
  expect(sandbox.writes()).toEqual([]);
  const run = await perform(by, action.id, values);
  return { dry: dry.result, run: run.result };
}

/** Both reject, in the same words. */
async function expectSameWords(action: Action, more: Values): Promise<void> {
  const { dry, run } = await both(ana, action, more);
  expect(run.result).toBe("rejected");
  expect({ ...dry, status: null }).toEqual({ ...run, status: null });
}

const archived = { project: "DATA", repository: "legacy-etl" };
/** Its settings, which an archived repository still takes. */
const takenByArchived = new Set(["label", "webhook", "grant-right"]);
describe("a dry run rejects what the run rejects", () => {
  test.each(named(actions))("%s: no project", (_id, action) => {
    return expectSameWords(action, { project: "NOWHERE" });
  });

  test.each(named(inRepository))("%s: no repository", (_id, action) => {
    return expectSameWords(action, { project: "DATA", repository: "nowhere" });
  });

  test.each(named(below("pullRequest")))("%s: no pull request", (_id, action) => {
    return expectSameWords(action, { project: "DATA", repository: "event-lake", pullRequest: 999_999 });
  });

  // A build status may come before its commit, so it is not looked for.
  const ofCommits = below("commit").filter(({ id }) => id !== "build-status");
  test.each(named(ofCommits))("%s: no commit", (_id, action) => {
    return expectSameWords(action, { project: "DATA", repository: "event-lake", commit: "f".repeat(40) });
  });

  test.each(named(inRepository))("%s: an archived repository", async (id, action) => {
    const commit = await newestCommit(sandbox, "DATA/legacy-etl");
    const { dry, run } = await both(ana, action, { ...archived, commit, pullRequest: 1 });
    expect(dry.result).toBe(run.result);
    if (run.result === "rejected") expect({ ...dry, status: null }).toEqual({ ...run, status: null });
    if (!takenByArchived.has(id)) expect(run.result).not.toBe("sent");
  });

  test.each(named(inRepository))("%s: no right", async (id, action) => {
    const commit = await newestCommit(sandbox);
    const { dry, run } = await both(jane, action, { project: "DATA", repository: "event-lake", commit });
    expect(dry.result).toBe(run.result);
    // A label that is not there needs no right to be removed.
    if (action.needs !== "read" && id !== "remove-label") expect(run.result).toBe("rejected");
  });
});

test("a build status of an old server is sent whatever becomes of the repository", async () => {
  const values = { project: "DATA", repository: "nowhere", commit: "f".repeat(40), key: "ci" };
  const context = { serverVersion: "7.13.0" };
  const status = { ...values, state: "SUCCESSFUL", url: "https://ci.example/1" };
  const { result, writes } = await perform(ana, "build-status", status, { isDry: true, context });
  expect(result.result).toBe("sent");
  expect(writes).toMatchObject([{ path: expect.stringMatching(/^\/rest\/build-status\/1\.0\//) }]);
});
