import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { datasets, records } from "@/drizzle/schema";
import { findDataset } from "@/lib/datasets/queries";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aReadingSource } from "@/lib/testing/runs";
import { forgetOldDeletedRecords } from "./retention";

const day = 24 * 60 * 60 * 1000;

it("records that were deleted on the server long ago are forgotten, and followers from before are known", () =>
  withRollback(async (db) => {
    const owner = await ownerOfCredentials(db);
    const { sourceId: endpointId } = await aReadingSource(db, owner, { name: "Branches" });
    await db.insert(datasets).values({ endpointId, newest: 9, records: 1, deleted: 3 });
    const ago = (days: number) => new Date(Date.now() - days * day);
    const rows = [
      { key: "kept", seq: 9, deletedAt: null },
      { key: "young", seq: 8, deletedAt: ago(89) },
      { key: "old", seq: 5, deletedAt: ago(91) },
      { key: "older", seq: 3, deletedAt: ago(400) },
    ];
    const shared = { endpointId, hash: Buffer.from("x"), data: {}, changedAt: ago(1), runId: randomUUID() };
    await db.insert(records).values(rows.map((row) => ({ ...shared, ...row })));
    expect(await forgetOldDeletedRecords(db, 100)).toBe(2);
    const kept = await db
      .select({ key: records.key })
      .from(records)
      .where(eq(records.endpointId, endpointId));
    expect(kept.map(({ key }) => key).sort()).toEqual(["kept", "young"]);
    expect(await findDataset(db, owner, endpointId)).toMatchObject({ newest: 9, deleted: 1, forgotten: 5 });
  }));
