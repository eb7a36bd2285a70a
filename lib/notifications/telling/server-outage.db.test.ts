import { describe, expect, it } from "vitest";
import { messages, serverOutages } from "@/drizzle/schema";
import { addCredential, recordCheck } from "@/lib/credentials/mutations";
import { requestRun } from "@/lib/runs/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo, withRollback } from "@/lib/testing/database";
import { failedFor, kindsOf, newsOf } from "@/lib/testing/messages";
import { claimAndEnd } from "@/lib/testing/run-ends";
import { aReadingSource } from "@/lib/testing/runs";
import { grantCredential } from "@/lib/testing/sharing";

const away = failedFor("UNREACHABLE");

describe("an outage of a server", () => {
  it("is one incident with one opening and one closing message per user, however many checks and runs meet it", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const administrator = await somebody(db);
      const ids = [
        await addCredential(db, owner, aCredential({ name: "One" })),
        await addCredential(db, owner, aCredential({ name: "Two" })),
      ];
      const [first = "", second = ""] = ids;
      await grantCredential(db, owner, first, { userId: administrator.userId }, "administrator");
      const { sourceId } = await aReadingSource(db, owner, { name: "Three" });
      for (const credentialId of [...ids, first]) {
        await recordCheck(db, owner, { credentialId, secretVersion: 1 }, away);
      }
      const { runId } = await requestRun(db, owner, sourceId, "new");
      await claimAndEnd(db, owner, runId, {
        state: "failed",
        reason: "unreachable",
        facts: { failure: "UNREACHABLE" },
      });
      await recordCheck(db, owner, { credentialId: second, secretVersion: 1 }, verified);
      await recordCheck(db, owner, { credentialId: first, secretVersion: 1 }, verified);
      for (const told of [owner, administrator]) {
        expect(await kindsOf(db, told)).toEqual(["server-unreachable", "server-back"]);
      }
      expect((await newsOf(db, owner))[0]).toEqual({
        kind: "server-unreachable",
        server: "https://bitbucket.example.com",
      });
      await recordCheck(db, owner, { credentialId: first, secretVersion: 1 }, away);
      expect(await kindsOf(db, owner)).toEqual(["server-unreachable", "server-back", "server-unreachable"]);
      expect(await db.$count(serverOutages)).toBe(2);
    }));

  it("is opened by a run and closed by a run's good end", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const { sourceId } = await aReadingSource(db, owner);
      const ends = [
        { state: "failed", reason: "unreachable", facts: { failure: "TIMED_OUT" } },
        { state: "succeeded", reason: null },
      ] as const;
      for (const end of ends) {
        const { runId } = await requestRun(db, owner, sourceId, "new");
        await claimAndEnd(db, owner, runId, end);
      }
      expect(await kindsOf(db, owner)).toEqual(["server-unreachable", "server-back"]);
    }));

  it("is not opened by a failure of the portal's own proxy", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const { sourceId, credentialId } = await aReadingSource(db, owner);
      const failure = "PROXY_UNREACHABLE";
      await recordCheck(db, owner, { credentialId, secretVersion: 1 }, failedFor(failure));
      const { runId } = await requestRun(db, owner, sourceId, "new");
      await claimAndEnd(db, owner, runId, { state: "failed", reason: "unreachable", facts: { failure } });
      expect(await kindsOf(db, owner)).toEqual(["run-failed"]);
    }));

  it("is told once when two processes find it at the same moment", async () => {
    const [one, other] = await ownDatabaseOfTwo();
    const owner = await somebody(one);
    const first = await addCredential(one, owner, aCredential({ name: "One" }));
    const second = await addCredential(one, owner, aCredential({ name: "Two" }));
    for (const outcome of [away, verified]) {
      await Promise.all([
        recordCheck(one, owner, { credentialId: first, secretVersion: 1 }, outcome),
        recordCheck(other, owner, { credentialId: second, secretVersion: 1 }, outcome),
      ]);
    }
    expect((await kindsOf(one, owner)).sort()).toEqual(["server-back", "server-unreachable"]);
    expect(await one.$count(messages)).toBe(2);
  });
});
