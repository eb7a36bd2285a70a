import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Values } from "@/lib/connectors/action";
import type { DestinationConnection } from "@/lib/connectors/action-sender";
import { openDestination } from "@/lib/connectors/destinations";
import type { SignIn } from "@/lib/connectors/types";
import { baseUrlAt } from "@/lib/testing/base-url";
import { sandboxKeys } from "./accounts";
import { actionCases } from "./action-cases";
import { asAna, withKey } from "./read-sources";
import { type Sandbox, startSandbox } from "./start";
import { perform } from "./write-actions";

let sandbox: Sandbox;
let ana: DestinationConnection;
const open: DestinationConnection[] = [];

async function connect(signIn: SignIn): Promise<DestinationConnection> {
  const opened = await openDestination(
    "bitbucket-server",
    { policy: { mode: "open", allow: [], loopback: true } },
    { baseUrl: baseUrlAt(sandbox.url("/")), signIn },
  );
  if (!opened.ok) throw new Error(opened.meaning.reason);
  open.push(opened.destination);
  return opened.destination;
}

beforeAll(async () => {
  sandbox = await startSandbox();
  ana = await connect(asAna);
});
beforeEach(() => sandbox.reset());
afterAll(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await sandbox.close();
});

const place = { project: "DATA", repository: "event-lake" };
/** Those that send-records.test.ts performs: they replace themselves, or need a mark of their own. */
const others: ReadonlySet<string> = new Set([
  ...["pull-request-comment", "pull-request-task", "change-comment", "delete-comment", "commit-comment"],
  ...["build-status", "deployment", "code-insights-report", "code-insights-annotation"],
]);
const cases = Object.entries(actionCases(() => sandbox)).filter(([action]) => !others.has(action));

describe.each(cases)("%s", (action, valuesOf) => {
  test("does in earnest what the dry run said, and nothing the second time", async () => {
    const values = await valuesOf();
    const dry = await perform(ana, action, values, { isDry: true });
    const before = sandbox.writes().length;
    const run = await perform(ana, action, values);
    expect(run.result).toMatchObject({ result: "sent" });
    expect(run.writes).toEqual(dry.writes);
    expect(sandbox.writes().length).toBe(before + run.writes.length);
    for (const past of [{ kind: "new" }, { kind: "lost", answer: null }] as const) {
      const again = await perform(ana, action, values, { past });
      expect(again.result).toMatchObject({ result: "already" });
      // Deleting what is gone is asked of the server.
      if (action !== "manual-deletion") expect(again.writes).toEqual([]);
    }
  });

  test("is done once, though the line was cut after the write", async () => {
    const values = await valuesOf();
    sandbox.instance("/").disturbances.cutConnection({ afterWrite: true });
    const { result, writes } = await perform(ana, action, values);
    expect(result).toMatchObject({ result: "already" });
    expect(writes.length).toBe(action === "manual-deletion" ? 2 : 1);
  });

  test("is done though the server failed before the write", async () => {
    const values = await valuesOf();
    sandbox.instance("/").disturbances.failWrites({ status: 502 });
    const { result, writes } = await perform(ana, action, values);
    expect(result).toMatchObject({ result: "sent" });
    expect(writes.length).toBe(2);
  });

  test("without the right, the cure names it", async () => {
    const values = await valuesOf();
    const reader = await connect(withKey(sandboxKeys.janeRead));
    const { result } = await perform(reader, action, values, { context: { account: "jcitizen" } });
    const isAllowed = forReaders.has(action);
    expect(result).toMatchObject(isAllowed ? { result: "sent" } : { result: "rejected" });
    if (result.result !== "rejected") return;
    expect(result.problems.length).toBeGreaterThan(0);
    expect(result.cure).toMatch(/\.$/);
  });
});

/** What the author of a pull request may do with read access. */
const forReaders: ReadonlySet<string> = new Set([
  ...["pull-request", "change-pull-request", "decline-pull-request", "reopen-pull-request", "add-reviewer"],
]);

const rejected: readonly (readonly [string, string, Values, number | null])[] = [
  ["a branch at a missing commit", "branch", { ...place, name: "x", startPoint: "nowhere" }, null],
  ["a branch that stands elsewhere", "branch", { ...place, name: "main", startPoint: "v1.0.0" }, null],
  ["the default branch", "delete-branch", { ...place, name: "main" }, null],
  ["a pull request that does not exist", "merge-pull-request", { ...place, pullRequest: 999 }, 404],
  ["a pull request of nothing new", "pull-request", { ...place, from: "v1", to: "main", title: "T" }, 404],
  ["a file on a missing branch", "write-file", { ...place, branch: "x", path: "a", content: "b" }, null],
  ["a label in a missing repository", "label", { ...place, repository: "nowhere", name: "abc" }, 404],
  ["a repository in a missing project", "repository", { project: "NONE", name: "abc" }, 404],
  ["a project with a known key", "project", { key: "DATA", name: "Other" }, null],
];

test.each(rejected)("%s is rejected in the dry run as in the run", async (_name, action, values, status) => {
  const dry = await perform(ana, action, values, { isDry: true });
  const run = await perform(ana, action, values);
  expect(run).toEqual(dry);
  expect(run.result).toMatchObject({ result: "rejected", status });
});
