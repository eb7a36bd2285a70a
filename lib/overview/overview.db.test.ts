import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  auditEvents,
  checks,
  credentialGrants,
  credentialGrantViews,
  credentials,
  endpointGrantViews,
  endpoints,
  ownershipTransfers,
  runs,
  servers,
  teamMembers,
  users,
} from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { listRunsToTell } from "@/lib/runs/latest";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aTeam, grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { noteSharedSeen } from "./mutations";
import { endingsOf, needsOf } from "./needs";
import { listToldCredentials, readFirstSteps, readNeedCounts } from "./queries";
import { listRequests } from "./requests";
import { mostNeedsCounted } from "./types";

const record = { access: null, warnings: [], steps: [], details: null };
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const dayIn = (days: number) => inDays(days).toISOString().slice(0, 10);

const add = (db: Db, owner: Actor, name: string) =>
  addCredential(
    db,
    owner,
    aCredential({ name, baseUrl: baseUrlAt(`https://${name.toLowerCase()}.example.com`) }),
  );

const addSource = (db: Db, owner: Actor, credentialId: string, name: string) =>
  addEndpoint(db, owner, { ...aRepositorySource, credentialId, name, description: "" });

async function check(db: Db, credentialId: string, verdict: "rejected" | "locked") {
  const refusal = { verdict, reason: "SECRET_REJECTED", record, checkedAt: inDays(0.001) };
  await db.insert(checks).values({ credentialId, secretVersion: 1, ...refusal });
}

const endOn = (db: Db, id: string, days: number) =>
  db
    .update(credentials)
    .set({ keyExpiresOn: dayIn(days) })
    .where(eq(credentials.id, id));

const aRun = (endpointId: string, state: "succeeded" | "failed") => ({
  ...{ id: crypto.randomUUID(), passId: crypto.randomUUID(), endpointId, state },
  ...({ mode: "new", trigger: "user" } as const),
});

/** All that the start page says to the actor: kinds with names, counts, steps and ends. */
async function told(db: Db, actor: Actor) {
  const credentialsTold = await listToldCredentials(db, actor, 11);
  const { toTend, recent } = await listRunsToTell(db, actor, 11);
  const requests = await listRequests(db, actor, 11);
  const now = new Date().toISOString();
  const needs = needsOf({ credentials: credentialsTold, runs: toTend, requests }, now);
  return {
    needs: needs.map(({ kind, name }) => `${kind}: ${name}`),
    endings: endingsOf({ credentials: credentialsTold, requests }, now).map(({ name }) => name),
    recent: recent.map(({ name }) => name),
    counts: await readNeedCounts(db, actor),
    steps: await readFirstSteps(db, actor),
  };
}

const nothing = {
  needs: [],
  endings: [],
  recent: [],
  counts: {
    ...{ rejected: 0, locked: 0, ended: 0, endsSoon: 0, sources: 0, destinations: 0 },
    ...{ stoppedSources: 0, stoppedDestinations: 0 },
  },
  steps: { credential: null, endpoint: null, run: null, share: null },
};

/** One of everything that the start page tells, for its owner. */
async function aPortal(db: Db) {
  const [owner, giver] = [await ownerOfCredentials(db), await somebody(db)];
  const [rejected, locked] = [await add(db, owner, "Rejected"), await add(db, owner, "Locked")];
  await check(db, rejected, "rejected");
  await check(db, locked, "locked");
  const names = { Ended: -2, Soon: 12, Later: 60, Far: 200 };
  for (const [name, days] of Object.entries(names)) await endOn(db, await add(db, owner, name), days);
  // The end of a rejected key tells nothing new.
  await endOn(db, rejected, 5);
  const works = await add(db, owner, "Works");
  const failing = await addSource(db, owner, works, "Failing");
  await db
    .insert(runs)
    .values([aRun(failing, "failed"), aRun(await addSource(db, owner, works, "Fine"), "succeeded")]);
  const offered = await add(db, giver, "Offered");
  const offer = { credentialId: offered, toUserId: owner.userId, offeredBy: giver.userId };
  await db.insert(ownershipTransfers).values(offer);
  await grantCredential(db, giver, await add(db, giver, "Given"), { userId: owner.userId }, "collaborator");
  return { owner, giver, works };
}

describe("the start page", () => {
  it("tells all that needs its user, the most urgent first, and nothing of it to anyone else", () =>
    withRollback(async (db) => {
      const { owner } = await aPortal(db);
      expect(await told(db, owner)).toEqual({
        needs: [
          ...["rejected: Rejected", "locked: Locked", "ended: Ended", "run-failed: Failing"],
          ...["offer: Offered", "ends-soon: Soon", "shared: Given"],
        ],
        endings: ["Soon", "Later"],
        recent: expect.arrayContaining(["Fine", "Failing"]),
        counts: { ...nothing.counts, rejected: 1, locked: 1, ended: 1, endsSoon: 1, sources: 1 },
        steps: { credential: "own", endpoint: "own", run: "own", share: null },
      });
      expect(await told(db, await somebody(db))).toEqual(nothing);
      expect(await told(db, await somebody(db, "administrator"))).toEqual(nothing);
    }));

  it("tells a member of a team what is shared with it, until they leave", () =>
    withRollback(async (db) => {
      const [owner, member] = [await ownerOfCredentials(db), await somebody(db)];
      const teamId = await aTeam(db, owner, member);
      const id = await add(db, owner, "Team");
      await check(db, id, "rejected");
      await grantCredential(db, owner, id, { teamId }, "collaborator");
      const source = await addSource(db, owner, id, "Nightly");
      await grantEndpoint(db, owner, source, { teamId }, "operator");
      await db.insert(runs).values(aRun(source, "failed"));
      const { needs, counts, steps } = await told(db, member);
      expect(needs.slice(0, 2)).toEqual(["rejected: Team", "run-failed: Nightly"]);
      expect(needs.slice(2).sort()).toEqual(["shared: Nightly", "shared: Team"]);
      expect(counts).toMatchObject({ rejected: 1, sources: 1 });
      expect(steps).toEqual({ credential: "shared", endpoint: "shared", run: "shared", share: null });
      // The owner shared it, so it is not news to them.
      const own = await told(db, owner);
      expect(own.steps).toEqual({ credential: "own", endpoint: "own", run: "own", share: "own" });
      expect(own.needs).toEqual(["rejected: Team", "run-failed: Nightly"]);
      // Of the member's own source, that another one has run says nothing.
      await addSource(db, member, id, "Own");
      expect((await told(db, member)).steps).toMatchObject({ endpoint: "own", run: null });
      await db.delete(endpoints).where(eq(endpoints.ownerId, member.userId));
      await db.update(teamMembers).set({ endedAt: new Date() }).where(eq(teamMembers.userId, member.userId));
      expect(await told(db, member)).toEqual(nothing);
    }));

  it("tells of a share for seven days, while it lasts", () =>
    withRollback(async (db) => {
      const { owner, giver } = await aPortal(db);
      const [kept, lost] = [await add(db, giver, "Kept"), await add(db, giver, "Lost")];
      const grant = await grantCredential(db, giver, kept, { userId: owner.userId }, "collaborator");
      const lostGrant = await grantCredential(db, giver, lost, { userId: owner.userId }, "collaborator");
      const of = async (kind: string) =>
        (await told(db, owner)).needs.filter((need) => need.startsWith(kind));
      expect((await of("shared")).sort()).toEqual(["shared: Given", "shared: Kept", "shared: Lost"]);
      await db
        .update(credentialGrants)
        .set({ grantedAt: inDays(-8) })
        .where(eq(credentialGrants.id, grant));
      const ended = { endedAt: inDays(-1), endedBy: giver.userId };
      await db.update(credentialGrants).set(ended).where(eq(credentialGrants.id, lostGrant));
      expect(await of("shared")).toEqual(["shared: Given"]);
    }));

  it("tells of a share until its reader has opened it, and of a later one again; to other readers as before", () =>
    withRollback(async (db) => {
      const [giver, reader, member] = [await ownerOfCredentials(db), await somebody(db), await somebody(db)];
      const teamId = await aTeam(db, reader, member);
      const id = await add(db, giver, "Given");
      const source = await addSource(db, giver, id, "Nightly");
      for (const grantee of [{ userId: reader.userId }, { teamId }])
        await grantCredential(db, giver, id, grantee, "collaborator");
      await grantEndpoint(db, giver, source, { teamId }, "operator");
      const sharedWith = async (actor: Actor) => (await told(db, actor)).needs.sort();
      expect(await sharedWith(reader)).toEqual(["shared: Given", "shared: Nightly"]);

      await noteSharedSeen(db, reader, { thing: "credential", id });
      expect(await sharedWith(reader)).toEqual(["shared: Nightly"]);
      await noteSharedSeen(db, reader, { thing: "source", id: source });
      const seen = await db
        .select({ by: auditEvents.actorId, details: auditEvents.details })
        .from(auditEvents)
        .where(eq(auditEvents.event, "user.share-seen"))
        .orderBy(auditEvents.id);
      expect(seen).toEqual([
        { by: reader.userId, details: { thing: "credential", itemId: id } },
        { by: reader.userId, details: { thing: "source", itemId: source } },
      ]);
      expect(await sharedWith(reader)).toEqual([]);
      expect(await sharedWith(member)).toEqual(["shared: Given", "shared: Nightly"]);
      // A second press, as from another tab.
      await noteSharedSeen(db, reader, { thing: "credential", id });

      await db.update(credentialGrants).set({ endedAt: new Date(), endedBy: giver.userId });
      await grantCredential(db, giver, id, { userId: reader.userId }, "administrator");
      expect(await sharedWith(reader)).toEqual(["shared: Given"]);
      await noteSharedSeen(db, reader, { thing: "credential", id });
      expect(await sharedWith(reader)).toEqual([]);
    }));

  it("notes nothing for what the reader does not see, and keeps no note longer than the grant", () =>
    withRollback(async (db) => {
      const [giver, reader, other] = [await ownerOfCredentials(db), await somebody(db), await somebody(db)];
      const id = await add(db, giver, "Given");
      const grant = await grantCredential(db, giver, id, { userId: reader.userId }, "collaborator");
      const notes = () => db.select().from(credentialGrantViews);
      await expect(noteSharedSeen(db, other, { thing: "credential", id })).rejects.toThrow(/credential/);
      await expect(noteSharedSeen(db, other, { thing: "source", id })).rejects.toThrow(/source/);
      const source = await addSource(db, giver, id, "Nightly");
      await grantEndpoint(db, giver, source, { userId: reader.userId }, "collaborator");
      await expect(noteSharedSeen(db, reader, { thing: "destination", id: source })).rejects.toThrow(
        /destination/,
      );
      expect(await db.select().from(endpointGrantViews)).toEqual([]);
      await noteSharedSeen(db, giver, { thing: "credential", id });
      expect(await notes()).toEqual([]);
      await noteSharedSeen(db, reader, { thing: "credential", id });
      expect(await notes()).toMatchObject([{ grantId: grant, userId: reader.userId }]);
      await db.delete(credentialGrants).where(eq(credentialGrants.id, grant));
      expect(await notes()).toEqual([]);
    }));

  it("tells of a server only to users who see a credential there", () =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      for (const name of ["Near", "Later", "Gone", "Down"]) await add(db, owner, name);
      const set = (name: string, values: Partial<typeof servers.$inferInsert>) =>
        db
          .update(servers)
          .set(values)
          .where(eq(servers.baseUrl, `https://${name}.example.com`));
      await set("near", { certificateEndsAt: inDays(10) });
      await set("later", { certificateEndsAt: inDays(60) });
      await set("gone", { certificateEndsAt: inDays(-40) });
      await set("down", { unreachableSince: inDays(-1) });
      const { needs, endings } = await told(db, owner);
      expect(needs).toEqual([
        "unreachable: https://down.example.com",
        "certificate: https://near.example.com",
      ]);
      expect(endings).toEqual(["https://near.example.com", "https://later.example.com"]);
      expect(await told(db, other)).toEqual(nothing);
    }));

  it("takes no right from a listing: a row in it without a grant names nothing", () =>
    withRollback(async (db) => {
      const { owner } = await aPortal(db);
      const other = await somebody(db);
      await db.update(servers).set({ certificateEndsAt: inDays(10), unreachableSince: new Date() });
      await db.execute(sql`insert into credential_listings
        (grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name, idle_since)
        select ${other.userId}, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name, idle_since
        from credential_listings where grantee_id = ${owner.userId}`);
      await db.execute(sql`insert into endpoint_listings
        (grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut, last_run_at, name)
        select ${other.userId}, created_at, endpoint_id, direction, to_tend_since, search, is_cut, last_run_at, name
        from endpoint_listings`);
      expect((await told(db, owner)).needs.length).toBeGreaterThan(9);
      expect(await told(db, other)).toMatchObject({ needs: [], endings: [], recent: [] });
    }));

  it("leaves out suspended credentials, and reads no more of each kind than it may", () =>
    withRollback(async (db) => {
      const { owner, works } = await aPortal(db);
      await db.execute(sql`insert into credentials (id, owner_id, server_id, name, method, key_expires_on)
        select gen_random_uuid(), owner_id, server_id, 'Copy ' || n, 'api-key', current_date + 20
        from credentials, generate_series(1, 120) as n where id = ${works}`);
      await db.execute(sql`insert into checks (credential_id, secret_version, verdict, reason, record)
        select id, 1, 'rejected', 'SECRET_REJECTED', '{}' from credentials where name like 'Copy %' and right(name, 1) in ('1', '2')`);
      const all = await listToldCredentials(db, owner, 11);
      expect(all.filter(({ status }) => status === "rejected")).toHaveLength(11);
      expect(all.length).toBeLessThanOrEqual(11 * 3 + 60);
      expect(await readNeedCounts(db, owner)).toMatchObject({ rejected: 25, endsSoon: 97 });
      await db.execute(
        sql`update credentials set key_expires_on = current_date + 3 where owner_id = ${owner.userId}`,
      );
      expect((await readNeedCounts(db, owner)).endsSoon).toBeLessThanOrEqual(mostNeedsCounted + 1);
      const reader = await somebody(db);
      await grantCredential(db, owner, works, { userId: reader.userId }, "collaborator");
      expect((await listToldCredentials(db, reader, 11)).map(({ name }) => name)).toEqual(["Works"]);
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, owner.userId));
      expect(await listToldCredentials(db, reader, 11)).toEqual([]);
      expect(await readNeedCounts(db, reader)).toEqual(nothing.counts);
    }));
});
