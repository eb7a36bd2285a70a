import { describe, expect, it } from "vitest";
import { checks } from "@/drizzle/schema";
import type { CheckStep, FailedOutcome } from "@/lib/connectors/types";
import { parseStart } from "@/lib/paging";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential } from "@/lib/testing/sharing";
import { addCredential, recordCheck } from "./mutations";
import {
  findCredentialDetails,
  findCredentialTile,
  getCredentialTile,
  listCredentialTiles,
  ownsCredentialNamed,
  tilesPerPage,
} from "./queries";

const steps: CheckStep[] = [
  { name: "address", state: "passed", durationMs: 0 },
  { name: "name", state: "passed", durationMs: 12 },
  { name: "connection", state: "passed", durationMs: 3 },
  { name: "certificate", state: "failed", durationMs: 7 },
  { name: "bitbucket", state: "skipped", durationMs: null },
  { name: "signedIn", state: "skipped", durationMs: null },
  { name: "allowed", state: "skipped", durationMs: null },
];

const expired: FailedOutcome = {
  kind: "failed",
  step: "certificate",
  reason: "CERTIFICATE_REFUSED",
  certificateReason: "expired",
  steps,
};

describe("the tiles", () => {
  it("are only the actor's own", () =>
    withRollback(async (db) => {
      const [one, two] = [await ownerOfCredentials(db), await somebody(db)];
      const mine = await addCredential(db, one, aCredential());
      const theirs = await addCredential(db, two, aCredential());
      expect((await listCredentialTiles(db, one, null)).items.map(({ id }) => id)).toEqual([mine]);
      expect((await listCredentialTiles(db, two, null)).items.map(({ id }) => id)).toEqual([theirs]);
    }));

  it("are not shown to a portal administrator who was not given them", () =>
    withRollback(async (db) => {
      const [owner, administrator] = [await ownerOfCredentials(db), await somebody(db, "administrator")];
      const id = await addCredential(db, owner, aCredential());
      expect((await listCredentialTiles(db, administrator, null)).items).toEqual([]);
      expect(await findCredentialTile(db, administrator, id)).toBeNull();
    }));

  it("come page by page, newest first, each once", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const count = tilesPerPage + 3;
      for (let number = 0; number < count; number += 1) {
        await addCredential(db, actor, aCredential({ name: `Credential ${number}` }));
      }
      const first = await listCredentialTiles(db, actor, null);
      const second = await listCredentialTiles(db, actor, parseStart({ after: first.next ?? "" }));
      const ids = [...first.items, ...second.items].map(({ id }) => id);
      expect(first.items).toHaveLength(tilesPerPage);
      expect(second.next).toBeNull();
      expect(new Set(ids).size).toBe(count);
    }));

  it("carry no secret and nothing that could hold one", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      await addCredential(db, actor, aCredential());
      const [tile] = (await listCredentialTiles(db, actor, null)).items;
      expect(JSON.stringify(tile)).not.toContain("canary");
      expect(Object.keys(tile ?? {})).not.toContain("sealed");
    }));
});

describe("one credential", () => {
  it.each(["another's", "random", "malformed", "empty", "SQL"])("is absent for an id that is %s", (kind) =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      const ids: Record<string, string> = {
        "another's": await addCredential(db, owner, aCredential()),
        random: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        malformed: "3f2504e0",
        empty: "",
        SQL: "' or true --",
      };
      const id = ids[kind] ?? "";
      expect(await findCredentialTile(db, other, id)).toBeNull();
      await expect(getCredentialTile(db, other, id)).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: "There is no such credential, or it is not yours to see.",
      });
    }),
  );

  it("is known by its name in any case, to its owner alone", () =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      await addCredential(db, owner, aCredential({ name: "Data platform" }));
      expect(await ownsCredentialNamed(db, owner, "DATA PLATFORM")).toBe(true);
      expect(await ownsCredentialNamed(db, owner, "Data")).toBe(false);
      expect(await ownsCredentialNamed(db, other, "Data platform")).toBe(false);
    }));
});

describe("the details", () => {
  it("keep a newest check that could not ask the server apart from the check that gives the status", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const credentialId = await addCredential(db, actor, aCredential());
      // All of this transaction happens at one instant to the database; the first check was an hour before.
      await db.update(checks).set({ checkedAt: new Date(Date.now() - 3_600_000) });
      await recordCheck(db, actor, { credentialId, secretVersion: 1 }, expired);
      const details = await findCredentialDetails(db, actor, credentialId);
      expect(details).toMatchObject({ status: "verified", account: { name: "jcitizen" }, role: "owner" });
      expect(details?.newestCheck).toMatchObject({ verdict: "nothing", steps, account: null });
      expect(details?.newestCheck?.failure).toEqual({
        title: "The server's certificate has expired",
        cure: "It is the server's own. Your Bitbucket administrator has to renew it.",
        whose: "your Bitbucket administrator",
      });
      expect(Date.parse(details?.newestCheck?.checkedAt ?? "")).toBeGreaterThan(
        Date.parse(details?.checkedAt ?? ""),
      );
    }));

  it("have no check without one of the current secret", () =>
    withRollback(async (db) => {
      const actor = await ownerOfCredentials(db);
      const id = await addCredential(db, actor, aCredential({ outcome: null }));
      expect(await findCredentialDetails(db, actor, id)).toMatchObject({
        status: "unproven",
        newestCheck: null,
      });
      await db.insert(checks).values({ credentialId: id, secretVersion: 0, verdict: "verified", record: {} });
      expect(await findCredentialDetails(db, actor, id)).toMatchObject({ newestCheck: null });
    }));

  it("show a collaborator the same as the owner, and hold no secret", () =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      const id = await addCredential(db, owner, aCredential());
      const { role, ...seen } = (await findCredentialDetails(db, owner, id)) ?? {};
      await grantCredential(db, owner, id, { userId: other.userId }, "collaborator");
      expect(role).toBe("owner");
      expect(await findCredentialDetails(db, other, id)).toEqual({ ...seen, role: "collaborator" });
      expect(JSON.stringify(seen)).not.toContain("canary");
    }));

  it.each(["another's", "random", "malformed", "empty", "SQL"])("are absent for an id that is %s", (kind) =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      const ids: Record<string, string> = {
        "another's": await addCredential(db, owner, aCredential()),
        random: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        malformed: "3f2504e0",
        empty: "",
        SQL: "' or true --",
      };
      expect(await findCredentialDetails(db, other, ids[kind] ?? "")).toBeNull();
    }),
  );
});
