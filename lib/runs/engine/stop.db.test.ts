import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { auditEvents, credentialGrants, endpoints, runs, serverSlots, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { StreamCall } from "@/lib/connectors/stream-reader";
import { addCredential, replaceSecret } from "@/lib/credentials/mutations";
import { findCredentialTile } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import { editEndpoint, pauseEndpoint } from "@/lib/endpoints/mutations";
import { cancelRun, requestRun } from "@/lib/runs/mutations";
import { Secret } from "@/lib/secret";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { keysIn, repository } from "@/lib/testing/fake-repositories";
import { FakeServer } from "@/lib/testing/fake-source";
import { anEngine, aReadingSource, doSlice, keysOf, rowOf, untilEnded } from "@/lib/testing/runs";
import { grantOn } from "@/lib/testing/sharing";

let processes: [Db, Db];
let db: Db;
let owner: Actor;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  owner = await ownerOfCredentials(db);
});

let sources = 0;
async function aSource() {
  sources += 1;
  // An account of its own each: a refusal concerns all credentials of one account.
  const baseUrl = baseUrlAt(`https://bitbucket${sources}.example.com`);
  const made = await aReadingSource(db, owner, { name: `Source ${sources}`, credential: { baseUrl } });
  return { ...made, baseUrl };
}

/** A stand-in that does `work` once, while it answers the call that `which` recognises. */
function serverThat(
  work: (call: StreamCall) => Promise<unknown>,
  which: (call: StreamCall) => boolean,
  records = 6,
) {
  const server = new FakeServer([repository("1", records), repository("2", records)]);
  let isDone = false;
  server.hook = async (call) => {
    if (isDone || !which(call)) return null;
    isDone = true;
    await work(call);
    return null;
  };
  return server;
}
const isSecondPage = ({ path, query }: StreamCall) => path.includes("/records") && query.start === 2;

const eventsOf = async (sourceId: string) =>
  (
    await db
      .select({ event: auditEvents.event })
      .from(auditEvents)
      .where(and(eq(auditEvents.subjectId, sourceId), sql`${auditEvents.event} like 'run.%'`))
      .orderBy(auditEvents.id)
  ).map(({ event }) => event);

describe("a run under way", () => {
  it("that another process took over stores nothing more: its page is refused", async () => {
    const { sourceId } = await aSource();
    const server = new FakeServer([repository("1", 6)]);
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let isHeld = false;
    const held = new Promise<void>((resolve) => {
      server.hook = async (call) => {
        if (!isSecondPage(call) || isHeld) return null;
        isHeld = true;
        resolve();
        await gate;
        return null;
      };
    });
    const { runId } = await requestRun(db, owner, sourceId, "new");
    const late = doSlice(anEngine(processes[0], server.reading, { renewMs: 3_600_000 }));
    await held;
    // The page before is stored while that answer is awaited, which renews the leases.
    await expect.poll(async () => (await rowOf(db, runId)).received).toBe(2);
    // As after a kill: the lease is over.
    await db.update(runs).set({ leaseUntil: sql`clock_timestamp()` }).where(eq(runs.id, runId));
    await db.update(serverSlots).set({ until: sql`clock_timestamp()` });
    const run = await untilEnded(anEngine(processes[1], server.reading), runId);
    expect(run).toMatchObject({ state: "succeeded", added: 6, received: 6, fence: 2 });
    open();
    await late;
    expect(await rowOf(db, runId)).toEqual(run);
    expect(await keysOf(db, sourceId)).toEqual(keysIn(server));
    const asked = server.calls.map(({ path, start }) => `${path} ${start}`);
    for (const page of new Set(asked)) expect(asked.filter((one) => one === page).length).toBeLessThan(3);
  });

  it("stops at its page when it is cancelled, and the next run goes on from there", async () => {
    const { sourceId } = await aSource();
    const { runId } = await requestRun(db, owner, sourceId, "new");
    const server = serverThat(() => cancelRun(processes[1], owner, runId), isSecondPage);
    const run = await untilEnded(anEngine(db, server.reading), runId);
    expect(run).toMatchObject({ state: "cancelled", reason: "by-user" });
    expect(run.added).toBeLessThan(12);
    expect(await eventsOf(sourceId)).toEqual(["run.requested", "run.cancelled", "run.ended"]);
    const next = await requestRun(db, owner, sourceId, "new");
    expect(await untilEnded(anEngine(db, server.reading), next.runId)).toMatchObject({
      state: "succeeded",
      added: 12 - run.added,
      passId: run.passId,
    });
    expect(await keysOf(db, sourceId)).toEqual(keysIn(server));
  });

  it("fails after one call whose answer has no records where the source says that they are", async () => {
    const { sourceId } = await aSource();
    const server = new FakeServer([repository("1", 6)]);
    server.hook = () => ({ kind: "body", body: {} });
    const { runId } = await requestRun(db, owner, sourceId, "new");
    await untilEnded(anEngine(db, server.reading), runId);
    expect(await rowOf(db, runId)).toMatchObject({ state: "failed", reason: "records-not-found", calls: 1 });
    expect(server.calls).toHaveLength(1);
  });

  it("ends at once when it is cancelled before a process took it", async () => {
    const { sourceId } = await aSource();
    const { runId } = await requestRun(db, owner, sourceId, "new");
    await cancelRun(db, owner, runId);
    expect(await rowOf(db, runId)).toMatchObject({ state: "cancelled", reason: "by-user" });
    expect(await doSlice(anEngine(db, new FakeServer([]).reading))).toBe(false);
  });

  it("fails with the refused credential, sends nothing more with it, and goes on after its secret is replaced", async () => {
    const { sourceId, credentialId, baseUrl } = await aSource();
    const server = new FakeServer([repository("1", 6)]);
    server.hook = (call) =>
      isSecondPage(call) ? { kind: "refused" as const, reason: "SECRET_REJECTED" } : null;
    const { runId } = await requestRun(db, owner, sourceId, "new");
    const run = await untilEnded(anEngine(db, server.reading), runId);
    expect(run).toMatchObject({ state: "failed", reason: "credential-refused", added: 2 });
    expect(run.facts).toMatchObject({ failure: "SECRET_REJECTED", scheme: "basic" });
    expect(await findCredentialTile(db, owner, credentialId)).toMatchObject({ status: "rejected" });
    expect(server.calls).toHaveLength(3);

    const heldBack = await requestRun(db, owner, sourceId, "new");
    const second = await untilEnded(anEngine(db, server.reading), heldBack.runId);
    expect(second).toMatchObject({ state: "failed", reason: "credential-held-back" });
    expect(server.calls).toHaveLength(3);

    server.hook = () => null;
    const signIn = { scheme: "basic", username: "renewed", password: Secret.of("another secret") } as const;
    const replaced = { credentialId, secretVersion: 1 };
    await replaceSecret(db, owner, { replaced, baseUrl, signIn, outcome: verified });
    const third = await requestRun(db, owner, sourceId, "new");
    expect(await untilEnded(anEngine(db, server.reading), third.runId)).toMatchObject({
      state: "succeeded",
      added: 4,
      passId: run.passId,
    });
    expect(server.calls.slice(3).map(({ path, start, by }) => `${path} ${start} ${by}`)).toEqual([
      "/repositories/1/records 2 renewed",
      "/repositories/1/records 4 renewed",
    ]);
  });

  it("goes on with a secret that is replaced in the middle", async () => {
    const { sourceId, credentialId, baseUrl } = await aSource();
    const signIn = { scheme: "basic", username: "renewed", password: Secret.of("another secret") } as const;
    const replaced = { credentialId, secretVersion: 1 };
    const server = serverThat(
      () => replaceSecret(processes[1], owner, { replaced, baseUrl, signIn, outcome: verified }),
      isSecondPage,
      // More pages than can be asked for before the first of them is stored.
      20,
    );
    const { runId } = await requestRun(db, owner, sourceId, "new");
    expect(await untilEnded(anEngine(db, server.reading), runId)).toMatchObject({
      state: "succeeded",
      added: 40,
    });
    expect(server.calls.at(-1)?.by).toBe("renewed");
  });

  it("reads everything anew once its credential is one of another server", async () => {
    const { sourceId } = await aSource();
    const server = new FakeServer([repository("1", 4), repository("2", 4)]);
    const engine = anEngine(db, server.reading);
    const { runId } = await requestRun(db, owner, sourceId, "new");
    expect(await untilEnded(engine, runId)).toMatchObject({ mode: "all", state: "succeeded" });

    const elsewhere = aCredential({ name: "Elsewhere", baseUrl: baseUrlAt("https://elsewhere.example.com") });
    const credentialId = await addCredential(db, owner, elsewhere);
    const name = `Source ${sources}`;
    await editEndpoint(db, owner, { endpointId: sourceId, version: 1, name, description: "", credentialId });
    const [one, other] = [
      keysIn(new FakeServer([repository("1", 4)])),
      keysIn(new FakeServer([repository("2", 4)])),
    ];
    server.repositories.pop();
    const second = await requestRun(db, owner, sourceId, "new");
    expect(await untilEnded(engine, second.runId)).toMatchObject({ mode: "all", state: "succeeded" });
    expect(await keysOf(db, sourceId)).toEqual([...other.map((key) => `-${key}`), ...one]);
  });

  it("stops at that page when the share of its credential is taken away", async () => {
    const { credentialId } = await aSource();
    const friend = await somebody(db);
    const shared = { kind: "credential", id: credentialId } as const;
    await grantOn(db, owner, shared, { userId: friend.userId }, "collaborator");
    const own = await aReadingSource(db, friend, { name: "Theirs" });
    const input = { endpointId: own.sourceId, version: 1, name: "Theirs", description: "", credentialId };
    await editEndpoint(db, friend, input);
    const server = serverThat(
      () =>
        processes[1]
          .update(credentialGrants)
          .set({ endedAt: new Date() })
          .where(eq(credentialGrants.credentialId, credentialId)),
      isSecondPage,
    );
    const { runId } = await requestRun(db, friend, own.sourceId, "new");
    const run = await untilEnded(anEngine(db, server.reading), runId);
    expect(run).toMatchObject({ state: "failed", reason: "credential-lost" });
    expect(run.added).toBeLessThan(12);
    expect(server.calls.length).toBeLessThan(8);
  });

  it("stops when its owner's account is disabled, and when the source is paused", async () => {
    const member = await somebody(db);
    const { sourceId } = await aReadingSource(db, member, { name: "Of a member" });
    const disable = () =>
      processes[1].update(users).set({ disabledAt: new Date() }).where(eq(users.id, member.userId));
    const first = await requestRun(db, member, sourceId, "new");
    const disabling = serverThat(disable, isSecondPage);
    expect(await untilEnded(anEngine(db, disabling.reading), first.runId)).toMatchObject({
      state: "failed",
      reason: "owner-disabled",
    });

    const paused = await aSource();
    const second = await requestRun(db, owner, paused.sourceId, "new");
    const pausing = serverThat(() => pauseEndpoint(processes[1], owner, paused.sourceId), isSecondPage);
    expect(await untilEnded(anEngine(db, pausing.reading), second.runId)).toMatchObject({
      state: "cancelled",
      reason: "source-paused",
    });
    await expect(requestRun(db, owner, paused.sourceId, "new")).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("is given up when its source is deleted", async () => {
    const { sourceId } = await aSource();
    const server = serverThat(
      () => processes[1].delete(endpoints).where(eq(endpoints.id, sourceId)),
      isSecondPage,
    );
    const { runId } = await requestRun(db, owner, sourceId, "new");
    expect(await doSlice(anEngine(db, server.reading))).toBe(true);
    await expect(rowOf(db, runId)).rejects.toThrow("gone");
  });

  it("is met by a second press: a source has one active run", async () => {
    const { sourceId } = await aSource();
    const [one, other] = await Promise.all([
      requestRun(processes[0], owner, sourceId, "new"),
      requestRun(processes[1], owner, sourceId, "new"),
    ]);
    expect(one.runId).toBe(other.runId);
    expect([one.isNew, other.isNew].toSorted()).toEqual([false, true]);
    await cancelRun(db, owner, one.runId);
  });
});
