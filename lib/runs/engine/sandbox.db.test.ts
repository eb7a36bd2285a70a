import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { recordGroups, records } from "@/drizzle/schema";
import { sandboxKeys } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import type { SourceSettings } from "@/lib/connectors/streams";
import { checkNow } from "@/lib/credentials/check-now";
import { replaceSecret } from "@/lib/credentials/mutations";
import { findCredentialTile } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { requestRun } from "@/lib/runs/mutations";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { signInWith } from "@/lib/testing/read-twice";
import { anEngine, aReadingSource, untilEnded } from "@/lib/testing/runs";

let processes: [Db, Db];
let db: Db;
let owner: Actor;
let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  owner = await ownerOfCredentials(db);
});
afterAll(() => sandbox.close());

const { janeWrite, janeRead, zoeAdmin, zoeOlder } = sandboxKeys;
const everything = { kind: "everything" } as const;

let sources = 0;
beforeEach(() => sandbox.reset());

/** A source of Jane's that is checked, as after the wizard. */
async function aSource(settings: Partial<SourceSettings>, key = janeWrite) {
  sources += 1;
  const credential = { baseUrl: baseUrlAt(sandbox.url("/")), signIn: signInWith(key), outcome: null };
  const made = await aReadingSource(db, owner, { name: `Source ${sources}`, credential, settings });
  expect(await checkNow(db, owner, { credentialId: made.credentialId })).toMatchObject({ ok: true });
  return made;
}

async function read(sourceId: string, on = db, mode: "new" | "all" = "new") {
  const { runId } = await requestRun(on, owner, sourceId, mode);
  return untilEnded(anEngine(on), runId);
}

describe("a run at a stand-in Bitbucket Server", () => {
  it("reads all commits, no page twice, two calls at a time; the next run asks once for each repository", async () => {
    const { sourceId } = await aSource({ stream: "commits" });
    const { counters } = sandbox.instance("/");
    counters.clear();
    const run = await read(sourceId);
    expect(run).toMatchObject({ state: "succeeded", unusable: 0 });
    expect(run.added).toBe(run.received);
    expect(await db.$count(records, eq(records.endpointId, sourceId))).toBe(run.added);
    const first = counters.report();
    expect(first.mostReads).toBe(1);
    expect(first.maxSimultaneous).toBeLessThanOrEqual(2);

    counters.clear();
    const again = await read(sourceId);
    expect(again).toMatchObject({ state: "succeeded", mode: "new", added: 0, changed: 0 });
    expect(counters.report().calls).toBeLessThanOrEqual(again.partitions);
  });

  it("marks the commits that a force-push dropped as deleted, though the run reads what is new", async () => {
    const { sourceId } = await aSource({ stream: "commits" });
    await read(sourceId);
    const { oldTip, newTip } = sandbox
      .instance("/")
      .change("forcePush", { repository: "DATA/event-lake", drop: 2, add: 1 });
    const run = await read(sourceId);
    expect(run).toMatchObject({ state: "succeeded", mode: "new", added: 1, changed: 0, deleted: 2 });
    const rows = await db.select().from(records).where(eq(records.endpointId, sourceId));
    const stateOf = (id: string) =>
      rows.filter(({ key }) => key.endsWith(id)).map((row) => row.deletedAt !== null);
    expect([stateOf(oldTip), stateOf(newTip)]).toEqual([[true], [false]]);
  });

  it("tells deleted, moved and unreadable repositories apart, and changes nothing else", async () => {
    const { sourceId } = await aSource({ stream: "branches" });
    await read(sourceId);
    const groups = async () =>
      new Map(
        (await db.select().from(recordGroups).where(eq(recordGroups.endpointId, sourceId))).map((group) => [
          group.label,
          group,
        ]),
      );
    const before = await groups();
    expect([...before.values()].every(({ state }) => state === "readable")).toBe(true);
    const instance = sandbox.instance("/");
    instance.change("deleteRepository", { repository: "DATA/dbt-models" });
    instance.change("hideRepository", { repository: "DATA/event-lake", account: "jcitizen" });
    instance.change("renameProject", { project: "SHOP", key: "STORE" });
    const run = await read(sourceId, db, "all");
    expect(run).toMatchObject({ state: "incomplete", added: 0 });
    const after = await groups();
    expect(after.get("DATA/dbt-models")).toMatchObject({ state: "gone" });
    expect(after.get("DATA/event-lake")).toMatchObject({ state: "unreadable" });
    expect(after.get("STORE/storefront")).toMatchObject({
      state: "readable",
      previousLabel: "SHOP/storefront",
      id: before.get("SHOP/storefront")?.id,
    });
    const rows = await db.select().from(records).where(eq(records.endpointId, sourceId));
    const gone = before.get("DATA/dbt-models")?.id;
    expect(rows.filter(({ deletedAt }) => deletedAt).every(({ groupId }) => groupId === gone)).toBe(true);
    expect(run.deleted).toBe(rows.filter(({ groupId }) => groupId === gone).length);
  });

  it("stops at a revoked key, and goes on from its checkpoint with another", async () => {
    const { sourceId, credentialId } = await aSource({ stream: "commits" }, zoeAdmin);
    const before = sandbox.journal().length;
    const refusals = () =>
      sandbox
        .journal()
        .slice(before)
        .filter(({ status }) => status === 401).length;
    sandbox.instance("/").disturbances.revokeKey("zoeAdmin", 4);
    const run = await read(sourceId);
    expect(run).toMatchObject({ state: "failed", reason: "credential-refused" });
    expect(await findCredentialTile(db, owner, credentialId)).toMatchObject({ status: "rejected" });
    // Of two calls under way, both may be refused; none is sent after that.
    const refused = refusals();
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThanOrEqual(2);
    expect(await read(sourceId)).toMatchObject({ reason: "credential-held-back" });
    expect(refusals()).toBe(refused);

    const replaced = { credentialId, secretVersion: 1 };
    const baseUrl = baseUrlAt(sandbox.url("/"));
    const signIn = signInWith(zoeOlder);
    await replaceSecret(db, owner, { replaced, baseUrl, signIn, outcome: verified });
    const last = await read(sourceId);
    expect(last).toMatchObject({ state: "succeeded", passId: run.passId });
    expect(await db.$count(records, eq(records.endpointId, sourceId))).toBe(run.added + last.added);
  });

  it("stays within the account's allowance, together with another source, a check and another process", async () => {
    sandbox.set("/", { rateLimit: "enforced", bucketCapacity: 60, bucketFillRate: 30 });
    const one = await aSource({ stream: "commits", scope: everything });
    const other = await aSource({ stream: "branches" }, janeRead);
    const { counters } = sandbox.instance("/");
    counters.clear();
    const [first, second, checked] = await Promise.all([
      read(one.sourceId, processes[0]),
      read(other.sourceId, processes[1]),
      checkNow(db, owner, { credentialId: other.credentialId }),
    ]);
    expect([first, second]).toMatchObject([{ state: "succeeded" }, { state: "succeeded" }]);
    expect(checked).toMatchObject({ ok: true });
    const { accounts, maxSimultaneous } = counters.report();
    expect(Object.values(accounts).map(({ overAllowance }) => overAllowance)).toEqual(
      Object.values(accounts).map(() => 0),
    );
    expect(maxSimultaneous).toBeLessThanOrEqual(2);
  });
});
