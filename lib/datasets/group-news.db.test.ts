import { describe, expect, it } from "vitest";
import { datasets, recordGroups } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aRepositorySource } from "@/lib/testing/sources";
import { findGroupNews } from "./group-news";

const now = new Date("2026-11-29T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

async function aSourceWith(
  db: Db,
  groups: readonly Partial<typeof recordGroups.$inferInsert>[],
): Promise<{ owner: Actor; id: string }> {
  const owner = await ownerOfCredentials(db);
  const credentialId = await addCredential(db, owner, aCredential());
  const id = await addEndpoint(db, owner, {
    ...aRepositorySource,
    credentialId,
    name: "Repositories",
    description: "",
  });
  await db.insert(datasets).values({ endpointId: id, records: 40, deleted: 2 });
  await db.insert(recordGroups).values(
    groups.map((group, number) => ({
      endpointId: id,
      id: String(number),
      label: `SHOP/r${number}`,
      address: {},
      since: now,
      ...group,
    })),
  );
  return { owner, id };
}

describe("what became of a source's repositories", () => {
  it("names those not readable any more, those deleted, and those moved within 30 days", () =>
    withRollback(async (db) => {
      const { owner, id } = await aSourceWith(db, [
        {},
        { state: "unreadable" },
        { state: "gone" },
        { previousLabel: "OLD/r3", movedAt: daysAgo(29) },
        { previousLabel: "OLD/r4", movedAt: daysAgo(31) },
      ]);
      expect(await findGroupNews(db, owner, id, now)).toEqual({
        records: 40,
        deleted: 2,
        unreadable: { count: 1, shown: [{ id: "1", label: "SHOP/r1", previousLabel: null }] },
        gone: { count: 1, shown: [{ id: "2", label: "SHOP/r2", previousLabel: null }] },
        moved: { count: 1, shown: [{ id: "3", label: "SHOP/r3", previousLabel: "OLD/r3" }] },
      });
    }));

  it("counts all of them and shows twenty", () =>
    withRollback(async (db) => {
      const many = Array.from({ length: 33 }, () => ({ state: "gone" as const }));
      const { owner, id } = await aSourceWith(db, many);
      const news = await findGroupNews(db, owner, id, now);
      expect(news?.gone.count).toBe(33);
      expect(news?.gone.shown).toHaveLength(20);
    }));

  it("is told to nobody who does not see the source", () =>
    withRollback(async (db) => {
      const { id } = await aSourceWith(db, [{ state: "gone" }]);
      const stranger = await somebody(db);
      expect(await findGroupNews(db, stranger, id, now)).toBeNull();
      expect(await findGroupNews(db, stranger, "no id", now)).toBeNull();
    }));
});
