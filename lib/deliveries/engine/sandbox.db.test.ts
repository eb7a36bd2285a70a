import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { deliveries, deliveryLedger } from "@/drizzle/schema";
import { sandboxKeys } from "@/e2e/sandbox/accounts";
import { newestCommit } from "@/e2e/sandbox/newest-commit";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { replaceSecret } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import type { WritingSettings } from "@/lib/mapping/types";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import {
  aFilledSource,
  aWritingDestination,
  deliveryRunner,
  fillSource,
  type Row,
  sandboxRows,
  sandboxWriting,
} from "@/lib/testing/destinations";
import { signInWith } from "@/lib/testing/read-twice";

let sandbox: Sandbox;
let db: Db;
let owner: Actor;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const everything = { kind: "write", mode: "all" } as const;
const onlyNew = { kind: "write", mode: "new" } as const;

let scenes = 0;
async function aScene(
  count: number,
  key = sandboxKeys.janeWrite,
  { more = [], writing = sandboxWriting }: { more?: readonly Row[]; writing?: WritingSettings } = {},
) {
  scenes += 1;
  const name = `Scene ${scenes}`;
  const { sourceId } = await aFilledSource(db, owner, [...sandboxRows(count), ...more], name);
  const credential = { baseUrl: baseUrlAt(sandbox.url("/")), signIn: signInWith(key) };
  const options = { name, credential, writing };
  const made = await aWritingDestination(db, owner, { sourceId }, options);
  return { ...made, sourceId, run: deliveryRunner(db, owner, made.destinationId) };
}

/** The texts of the comments that were written, by the server's journal. */
function texts(): string[] {
  return sandbox
    .writes({ instance: "/", done: true })
    .map(({ body }) => /Finding \d{4}/.exec(body)?.[0] ?? body);
}

function expectOnce(count: number) {
  expect(texts().toSorted()).toEqual(sandboxRows(count).map(({ data }) => String(data.message).slice(0, -1)));
}

/** What was rejected, and why. */
async function rejectedIn(runId: string) {
  const isRejected = and(eq(deliveries.runId, runId), eq(deliveries.state, "rejected"));
  const { key, problems, cure } = deliveries;
  const rows = await db.select({ key, problems, cure }).from(deliveries).where(isRejected);
  return rows.toSorted((one, other) => one.key.localeCompare(other.key));
}

async function requestsOf(runId: string) {
  const rows = await db.select().from(deliveries).where(eq(deliveries.runId, runId));
  return rows
    .flatMap(({ requests }) => requests)
    .map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`)
    .toSorted();
}

describe("annotations of a commit", () => {
  it("are counted alike by dry run and run where some stand and their repository was archived since", async () => {
    const commit = await newestCommit(sandbox);
    const constant = (value: string) => ({ from: "constant", value }) as const;
    const writing: WritingSettings = {
      ...{ action: "code-insights-annotation", matchKey: { kind: "record" }, allows: [] },
      mapping: {
        ...{ project: constant("DATA"), repository: constant("event-lake"), commit: constant(commit) },
        ...{ report: constant("lint"), severity: constant("LOW"), path: constant("README.md") },
        ...{ message: { from: "column", column: "message" } },
      },
    };
    const { run, sourceId, destinationId } = await aScene(2, sandboxKeys.anaAdmin, { writing });
    expect(await run(everything)).toMatchObject({ sent: 2 });
    await fillSource(db, sourceId, sandboxRows(3));
    // So that the server, not the ledger, tells what stands.
    await db.delete(deliveryLedger).where(eq(deliveryLedger.endpointId, destinationId));
    sandbox.instance("/").change("archiveRepository", { repository: "DATA/event-lake" });
    const dry = await run({ kind: "dry-run", mode: "all" });
    const sent = await run(everything);
    expect(dry).toMatchObject({ alreadyThere: sent.alreadyThere, rejected: sent.rejected, wouldSend: 0 });
    expect(sent).toMatchObject({ alreadyThere: 2, rejected: 1, sent: 0 });
    expect(await rejectedIn(dry.id)).toEqual(await rejectedIn(sent.id));
  });
});

describe("comments on the stand-in server", () => {
  it("are counted alike by dry run and run where nothing can be written: archived, missing, without a right", async () => {
    const at = (key: string, project: string, repository: string, pull: number): Row => ({
      key,
      data: { project_key: project, repository_slug: repository, repository_id: pull, message: `${key}.` },
    });
    const { run } = await aScene(6, sandboxKeys.janeWrite, {
      more: [
        at("archived", "DATA", "legacy-etl", 1),
        at("archived too", "DATA", "legacy-etl", 2),
        at("no pull request", "SHOP", "storefront", 999),
        at("no repository", "SHOP", "nowhere", 1),
        at("no right", "BOARD", "minutes", 1),
      ],
    });
    const dry = await run({ kind: "dry-run", mode: "all" });
    expect(sandbox.writes()).toEqual([]);
    expect(dry).toMatchObject({ state: "incomplete", taken: 11, wouldSend: 6, rejected: 5 });
    const sent = await run(everything);
    expect(sent).toMatchObject({ state: "incomplete", taken: 11, sent: 6, rejected: 5 });
    expect(await rejectedIn(dry.id)).toEqual(await rejectedIn(sent.id));
    // Each place is looked up once by each connection at most.
    expect(dry.calls).toBeLessThanOrEqual(2 * 8);
  });

  it("are in a dry run exactly what the run sends, and a second run sends nothing", async () => {
    const { run, sourceId } = await aScene(40);
    const dry = await run({ kind: "dry-run", mode: "all" });
    expect(dry).toMatchObject({ state: "succeeded", wouldSend: 40 });
    expect(texts()).toEqual([]);
    expect(await run(everything)).toMatchObject({ state: "succeeded", sent: 40 });
    expectOnce(40);
    const journal = sandbox
      .writes({ instance: "/" })
      .map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(JSON.parse(body))}`);
    const bare = (line: string) => line.replace(/ \/\S*?(?=\/rest\/)/, " ");
    expect(journal.map(bare).toSorted()).toEqual((await requestsOf(dry.id)).map(bare));
    expect(await run(everything)).toMatchObject({ state: "succeeded", alreadyThere: 40, calls: 0 });

    const [first] = sandboxRows(1, "Changed");
    if (first) await fillSource(db, sourceId, [first]);
    expect(await run(onlyNew)).toMatchObject({ state: "succeeded", taken: 1, sent: 1 });
    expect(sandbox.writes({ instance: "/" }).at(-1)).toMatchObject({ method: "PUT", status: 200 });
  });

  it("stand once each with the line cut after the write 100 times at random, and with failures before and after it", async () => {
    const { run } = await aScene(160);
    const { disturbances } = sandbox.instance("/");
    disturbances.cutConnection({ afterWrite: true, rate: 0.8, seed: 11, times: 100 });
    const first = await run(everything);
    const cut = sandbox.writes({ instance: "/" }).filter(({ status, done }) => status === 0 && done).length;
    expect(cut).toBe(100);
    expect(first).toMatchObject({ state: "succeeded", taken: 160, unknown: 0, rejected: 0 });
    expect(first.sent + first.alreadyThere).toBe(160);
    expectOnce(160);
  }, 120_000);

  it("stand once each with 429, and 503 before and after the write, in the middle", async () => {
    const { run } = await aScene(40);
    const { disturbances } = sandbox.instance("/");
    disturbances.failWrites({ status: 429, atCall: 5, retryAfterSeconds: 1 });
    disturbances.failWrites({ status: 503, atCall: 10 });
    disturbances.failWrites({ status: 503, atCall: 15, afterWrite: true });
    const first = await run(everything);
    expect(first).toMatchObject({ state: "succeeded", taken: 40, unknown: 0, rejected: 0 });
    expectOnce(40);
  }, 120_000);

  it("stop at a revoked key, and go on with another", async () => {
    const { run, credentialId } = await aScene(40);
    sandbox.instance("/").disturbances.revokeKey("janeWrite", 10);
    const first = await run(everything);
    expect(first).toMatchObject({ state: "failed", reason: "credential-refused", unknown: 0 });
    expect({ ...first, sum: first.sent + first.held }).toMatchObject({
      sum: 40,
      rejected: 0,
      alreadyThere: 0,
    });
    const refused = () => sandbox.journal().filter(({ status }) => status === 401).length;
    expect(refused()).toBeLessThanOrEqual(2);
    const before = refused();
    expect(await run(onlyNew)).toMatchObject({ reason: "credential-held-back" });
    expect(refused()).toBe(before);
    const replaced = { credentialId, secretVersion: 1 };
    const signIn = signInWith(sandboxKeys.janeRead);
    await replaceSecret(db, owner, {
      replaced,
      baseUrl: baseUrlAt(sandbox.url("/")),
      signIn,
      outcome: verified,
    });
    expect(await run(onlyNew)).toMatchObject({ state: "succeeded", sent: first.held });
    expectOnce(40);
  });
});
