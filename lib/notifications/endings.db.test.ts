import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { endings } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential, replaceSecret, setKeyEnd } from "@/lib/credentials/mutations";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo, withRollback } from "@/lib/testing/database";
import { kindsOf, newsOf } from "@/lib/testing/messages";
import { tellEndings } from "./endings";
import { endingsDue } from "./telling/endings";

const dayMs = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString();
const key = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null } as const;

async function oneRound(db: Db): Promise<void> {
  for (const id of await tellEndings.findDue(db)) await tellEndings.doOne(db, id);
}

async function daysPass(db: Db, days: number): Promise<void> {
  await db.update(endings).set({ endsAt: sql`${endings.endsAt} - ${days} * interval '1 day'` });
}

async function stagesOf(db: Db, actor: Actor): Promise<number[]> {
  return (await newsOf(db, actor)).flatMap((news) => ("stage" in news ? [news.stage] : []));
}

function keyThatEnds(days: number) {
  return aCredential({ signIn: key, outcome: { ...verified, keyEndsAt: inDays(days) } });
}

describe("the end of an API key", () => {
  it("is told 30, 7 and 1 days before, and when it has come, each once", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      await addCredential(db, owner, keyThatEnds(40));
      const passing = [0, 9, 1.5, 10, 12.6, 0.5, 5.5, 0.7, 1, 40];
      for (const days of passing) {
        await daysPass(db, days);
        await oneRound(db);
        await oneRound(db);
      }
      expect(await stagesOf(db, owner)).toEqual([30, 7, 1, 0]);
    }));

  it("that is entered late is told once, as near as it is", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await addCredential(db, owner, aCredential({ signIn: key }));
      const keyExpiresOn = inDays(3).slice(0, 10);
      const set = { credentialId, secretVersion: 1, previous: null, keyExpiresOn };
      await setKeyEnd(db, owner, set);
      await oneRound(db);
      expect(await newsOf(db, owner)).toEqual([
        {
          ...{ kind: "key-ends", name: "Data platform", server: "https://bitbucket.example.com", stage: 7 },
          at: new Date(Date.parse(keyExpiresOn) + dayMs).toISOString(),
        },
      ]);
      await setKeyEnd(db, owner, { ...set, previous: keyExpiresOn, keyExpiresOn: null });
      expect(await db.$count(endings)).toBe(0);
    }));

  it("goes with its secret", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const credentialId = await addCredential(db, owner, keyThatEnds(3));
      const { baseUrl } = aCredential();
      const replaced = { credentialId, secretVersion: 1 };
      await replaceSecret(db, owner, { replaced, baseUrl, signIn: key, outcome: verified });
      await oneRound(db);
      expect(await kindsOf(db, owner)).toEqual([]);
    }));

  it("is told once by two workers", async () => {
    const [one, other] = await ownDatabaseOfTwo();
    const owner = await somebody(one);
    await addCredential(one, owner, keyThatEnds(3));
    const [id = ""] = await tellEndings.findDue(one);
    await Promise.all([tellEndings.doOne(one, id), tellEndings.doOne(other, id)]);
    expect(await stagesOf(one, owner)).toEqual([7]);
  });
});

describe("the end of a server's certificate", () => {
  it("is told once to each user of the server, and anew for the next certificate", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const ending = (name: string, days: number) =>
        aCredential({ name, outcome: { ...verified, certificate: certificateUntil(inDays(days)) } });
      await addCredential(db, owner, ending("One", 5));
      await addCredential(db, owner, { ...ending("Two", 5), outcome: ending("One", 5).outcome });
      await oneRound(db);
      expect(await kindsOf(db, owner)).toEqual(["certificate-ends"]);
      await addCredential(db, owner, ending("Three", 400));
      await oneRound(db);
      expect(await stagesOf(db, owner)).toEqual([7]);
      await daysPass(db, 380);
      await oneRound(db);
      expect(await stagesOf(db, owner)).toEqual([7, 30]);
    }));
});

it("due ends are found by an index", () =>
  withRollback(async (db) => {
    await db.execute(sql`set local enable_seqscan = off`);
    const plan = await rowsOf(db, sql`explain ${endingsDue(db, 500)}`);
    expect(JSON.stringify(plan)).toMatch(/Index Scan.* endings_by_end.*Index Cond/);
  }));

function certificateUntil(validTo: string) {
  return { issuer: "Example CA", validFrom: inDays(-1), validTo, sha256: "00:11" };
}
