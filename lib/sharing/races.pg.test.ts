import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { auditEvents, checks, credentialGrants, credentials, endpoints, teams } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { deleteCredential } from "@/lib/credentials/deletion/mutations";
import { addCredential, recordCheck } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { addEndpoint, pauseEndpoint } from "@/lib/endpoints/mutations";
import { findEndpoint } from "@/lib/endpoints/queries";
import { leaveTeam } from "@/lib/teams/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential, verified } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { inThisOrder } from "@/lib/testing/races";
import { grantCredential } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { aTeamOf } from "@/lib/testing/teams";
import { acceptTransfer, offerTransfer, withdrawTransfer } from "@/lib/transfers/mutations";
import { findTransfer } from "@/lib/transfers/queries";
import { changeRole, revoke, share } from "./mutations";

let db: Db;
/** Another process, which holds the lock that all wait for. */
let grantee: Db;
let owner: Actor;
let other: Actor;
let thing: { kind: "credential"; id: string };

beforeEach(async () => {
  [db, grantee] = await ownDatabaseOfTwo();
  [owner, other] = [await somebody(db), await somebody(db)];
  thing = { kind: "credential", id: await addCredential(db, owner, aCredential()) };
});

const done = { status: "fulfilled" };
const refused = (code: string) => ({ status: "rejected", reason: expect.objectContaining({ code }) });

function saveSource(): Promise<string> {
  const source = {
    ...aRepositorySource,
    name: "Commits",
    description: "",
  } as const;
  return addEndpoint(db, other, { ...source, credentialId: thing.id });
}

function giveToOther(role: "administrator" | "collaborator"): Promise<string> {
  return grantCredential(db, owner, thing.id, { userId: other.userId }, role);
}

describe("a source that is saved while its credential is taken away", () => {
  it("is refused when it comes second, and nothing of it is stored", async () => {
    const grantId = await giveToOther("collaborator");
    const answers = await inThisOrder(grantee, thing.id, [
      () => revoke(db, owner, { ...thing, grantId }),
      saveSource,
    ]);
    expect(answers).toMatchObject([done, refused("NOT_FOUND")]);
    expect(await db.$count(endpoints)).toBe(0);
  });

  it("is stored when it comes first, and has lost its credential right after", async () => {
    const grantId = await giveToOther("collaborator");
    const answers = await inThisOrder(grantee, thing.id, [
      saveSource,
      () => revoke(db, owner, { ...thing, grantId }),
    ]);
    expect(answers).toMatchObject([done, done]);
    const [saved] = await db.select({ id: endpoints.id }).from(endpoints);
    expect(await findEndpoint(db, other, "source", saved?.id ?? "")).toMatchObject({
      stopped: "credential-lost",
      credential: null,
    });
  });
});

it("somebody who leaves the team while a check of theirs runs records nothing any more", async () => {
  const teamId = await aTeamOf(db, owner, other);
  await share(db, owner, { ...thing, grantee: { kind: "team", id: teamId }, role: "collaborator" });
  const before = await db.$count(checks);
  const checked = { credentialId: thing.id, secretVersion: 1 };
  // The check has returned from the server and waits to be recorded when its user leaves.
  const answers = await inThisOrder(
    grantee,
    thing.id,
    [() => recordCheck(db, other, checked, verified)],
    () => leaveTeam(db, other, teamId),
  );
  expect(answers).toMatchObject([refused("NOT_FOUND")]);
  expect(await db.$count(checks)).toBe(before);
  expect(await db.$count(auditEvents, eq(auditEvents.event, "credential.checked"))).toBe(0);
  // Their use is recorded all the same.
  const uses = and(
    eq(auditEvents.event, "credential.check-not-kept"),
    eq(auditEvents.actorId, other.userId),
    eq(auditEvents.credentialId, thing.id),
  );
  expect(await db.$count(auditEvents, uses)).toBe(1);
});

describe("two administrators who edit the same grant", () => {
  it.each(["changes its role", "removes it"])(
    "are not both done: the one who %s second is told",
    async (what) => {
      const second = await somebody(db);
      const grantId = await giveToOther("collaborator");
      await grantCredential(db, owner, thing.id, { userId: second.userId }, "administrator");
      const answers = await inThisOrder(grantee, thing.id, [
        () => changeRole(db, owner, { ...thing, grantId, role: "administrator" }),
        () =>
          what === "removes it"
            ? revoke(db, second, { ...thing, grantId })
            : changeRole(db, second, { ...thing, grantId, role: "administrator" }),
      ]);
      expect(answers).toMatchObject([done, refused("CONFLICT")]);
      const rows = await db.select().from(credentialGrants).where(eq(credentialGrants.userId, other.userId));
      expect(rows).toHaveLength(2);
      expect(rows.filter(({ endedAt }) => endedAt === null)).toMatchObject([{ role: "administrator" }]);
    },
  );

  it("share with one person once: the second is told", async () => {
    const input = { ...thing, grantee: { kind: "person", id: other.userId }, role: "collaborator" } as const;
    const answers = await inThisOrder(grantee, thing.id, [
      () => share(db, owner, input),
      () => share(db, owner, { ...input, role: "administrator" }),
    ]);
    expect(answers).toMatchObject([done, refused("CONFLICT")]);
    expect(await db.select().from(credentialGrants)).toMatchObject([{ role: "collaborator" }]);
  });
});

it("48 somebody whose right to share is taken away while they share is refused", async () => {
  const grantId = await giveToOther("administrator");
  const third = await somebody(db);
  const granteeOfThird = { kind: "person", id: third.userId } as const;
  const answers = await inThisOrder(grantee, thing.id, [
    () => changeRole(db, owner, { ...thing, grantId, role: "collaborator" }),
    () => share(db, other, { ...thing, grantee: granteeOfThird, role: "collaborator" }),
  ]);
  expect(answers).toMatchObject([done, refused("NOT_ALLOWED")]);
});

describe("a credential that is deleted while it is shared", () => {
  const shareIt = () =>
    share(db, owner, { ...thing, grantee: { kind: "person", id: other.userId }, role: "collaborator" });

  it("is gone for the one who shares second, who leaves no grant behind", async () => {
    const answers = await inThisOrder(grantee, thing.id, [
      () => deleteCredential(db, owner, thing.id),
      shareIt,
    ]);
    expect(answers).toMatchObject([done, refused("NOT_FOUND")]);
    expect(await db.$count(credentialGrants)).toBe(0);
  });

  it("goes with the grant that came first", async () => {
    const answers = await inThisOrder(grantee, thing.id, [
      shareIt,
      () => deleteCredential(db, owner, thing.id),
    ]);
    expect(answers).toMatchObject([done, done]);
    expect(await db.$count(credentials)).toBe(0);
    expect(await db.$count(credentialGrants)).toBe(0);
  });
});

describe("somebody to whom a thing is not there", () => {
  it("is told so at once, also while it is being changed: waiting would tell that it exists", async () => {
    const teamId = await aTeamOf(db, owner);
    const endpointId = await addEndpoint(db, owner, {
      ...{ ...aRepositorySource, name: "Commits", description: "" },
      credentialId: thing.id,
    });
    await grantee.transaction(async (tx) => {
      for (const table of [credentials, endpoints, teams]) await tx.select().from(table).for("update");
      const answers = await Promise.allSettled([
        deleteCredential(db, other, thing.id),
        recordCheck(db, other, { credentialId: thing.id, secretVersion: 1 }, verified),
        saveSource(),
        pauseEndpoint(db, other, endpointId),
        leaveTeam(db, other, teamId),
        acceptTransfer(db, other, { credentialId: thing.id, transferId: randomUUID(), name: "Mine" }),
      ]);
      expect(answers).toMatchObject(answers.map(() => refused("NOT_FOUND")));
    });
  });
});

it("an offer of ownership that is withdrawn while it is accepted ends in one of the two ways", async () => {
  await offerTransfer(db, owner, { credentialId: thing.id, toUserId: other.userId });
  const side = await findTransfer(db, other, thing.id);
  const offer = { credentialId: thing.id, transferId: side?.side === "recipient" ? side.transferId : "" };
  const answers = await inThisOrder(grantee, thing.id, [
    () => withdrawTransfer(db, owner, offer),
    () => acceptTransfer(db, other, { ...offer, name: "Mine now" }),
  ]);
  expect(answers).toMatchObject([done, refused("CONFLICT")]);
  const [row] = await db.select().from(credentials);
  expect(row?.ownerId).toBe(owner.userId);
});
