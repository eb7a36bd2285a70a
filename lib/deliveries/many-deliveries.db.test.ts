import { type SQL, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { aDeliveryRun, giveManyDeliveries } from "@/lib/testing/deliveries";
import { aFilledSource, aWritingDestination } from "@/lib/testing/destinations";
import { countedAtMost, countResults, listDeliveries, readDeliveries } from "./queries";
import type { RunRef } from "./types";
import type { DeliveriesView, Place } from "./view";

const count = 120_000;
const statements: { readonly text: string; readonly values: readonly unknown[] }[] = [];

let db: Db;
let owner: Actor;
let ref: RunRef;
beforeAll(async () => {
  db = await ownDatabase({ logQuery: (text, values) => statements.push({ text, values }) });
  owner = await ownerOfCredentials(db);
  const { sourceId } = await aFilledSource(db, owner, []);
  const { destinationId } = await aWritingDestination(db, owner, { sourceId });
  ref = await aDeliveryRun(db, destinationId);
  // Of others, so that a plan that reads all rows cannot hide.
  await giveManyDeliveries(db, await aDeliveryRun(db, destinationId, { state: "failed" }), 20_000);
  await giveManyDeliveries(db, ref, count);
}, 120_000);

/** The plans of the statements on deliveries that a call makes, and the rows that each reads at most. */
async function plansOf(call: () => Promise<unknown>) {
  statements.length = 0;
  await call();
  const asked = statements.filter(({ text }) => text.includes('"deliveries"') && /^select/i.test(text));
  expect(asked.length).toBeGreaterThan(0);
  return Promise.all(
    asked.map((statement) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select set_config('enable_sort', 'off', true),
          set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)`);
        const rows = await rowsOf(tx, sql`explain (analyze, timing off) ${again(statement)}`);
        return rows.map((row) => String(row["QUERY PLAN"])).join("\n");
      }),
    ),
  );
}

// The logged text with its values in their places.
function again({ text, values }: (typeof statements)[number]): SQL {
  const parts = text.split(/\$(\d+)/).map((part, index) => {
    return index % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1]}`;
  });
  return sql.join(parts);
}

/** How many rows the scans of a plan have read, those that a filter removed included. */
function readIn(plan: string): number {
  const scans = [...plan.matchAll(/deliveries.*actual rows=(\d+)/g)].map(([, rows]) => Number(rows));
  const removed = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, rows]) => Number(rows));
  return [...scans, ...removed].reduce((sum, rows) => sum + rows, 0);
}

const views: readonly DeliveriesView[] = [
  { result: null, key: "" },
  { result: "rejected", key: "" },
  { result: "sent", key: "" },
  { result: null, key: "SHOP/1" },
  { result: "sent", key: "SHOP/1" },
  { result: "held", key: "SHOP/1" },
];
const places: readonly Place[] = [null, { after: 60_001 }, { before: 60_001 }];

describe(`of ${count} records`, () => {
  it.each(views.flatMap((view) => places.map((place) => ({ view, place }))))(
    "a page is read through an index alone: $view.result, “$view.key”, $place",
    async ({ view, place }) => {
      for (const plan of await plansOf(() => listDeliveries(db, owner, ref, view, place))) {
        expect(plan).not.toMatch(/Sort|Seq Scan on deliveries|Bitmap/);
        expect(readIn(plan), plan).toBeLessThan(200);
      }
    },
  );

  it("a rare result is counted at once, a frequent one up to a limit", async () => {
    const plans = await plansOf(() => countResults(db, owner, ref, ""));
    for (const plan of plans) {
      expect(plan).not.toMatch(/Sort|Seq Scan on deliveries|Bitmap/);
      expect(readIn(plan)).toBeLessThan(2 * countedAtMost);
    }
    const counts = await countResults(db, owner, ref, "");
    expect(counts.sent).toEqual({ count: countedAtMost, isLimit: true });
    expect(counts.rejected).toEqual({ count: count / 100, isLimit: false });
  });

  it("a download goes on where it was, without reading again what it had", async () => {
    const from = { view: { result: null, key: "" }, after: 100_000 } as const;
    for (const plan of await plansOf(() => readDeliveries(db, owner, ref, from, 100))) {
      expect(plan).not.toMatch(/Sort|Seq Scan on deliveries|Bitmap/);
      expect(readIn(plan), plan).toBeLessThan(200);
    }
  });
});
