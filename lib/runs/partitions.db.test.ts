import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { runPartitions, runs } from "@/drizzle/schema";
import { type PageParameters, parseKeyStart } from "@/lib/paging";
import { somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { followBothWays } from "@/lib/testing/pages";
import { aSharedThing } from "@/lib/testing/sharing";
import { listRunPartitions } from "./queries";
import type { PartState } from "./types";

const labelOf = (index: number) => `SHOP/part-${index}`;

describe("the parts of a run", () => {
  it("come in pages that lead both ways, in the order of their reading, whatever state is asked for", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, "endpoint");
      const [id, passId, endpointId] = [randomUUID(), randomUUID(), thing.id];
      await db.insert(runs).values({ id, endpointId, passId, mode: "all", trigger: "user" });
      const parts = Array.from({ length: 250 }, (_, index) => ({
        ...{ endpointId, passId, key: String(index), label: labelOf(index) },
        state: index % 2 === 0 ? ("done" as const) : ("failed" as const),
      }));
      await db.insert(runPartitions).values(parts);
      const read = (state: PartState | null) => (given: PageParameters) =>
        listRunPartitions(db, owner, id, { state, start: parseKeyStart(given) });
      const all = parts.map(({ label }) => label);
      expect((await followBothWays(read(null))).map(({ label }) => label)).toEqual(all);
      const failed = parts.filter(({ state }) => state === "failed").map(({ label }) => label);
      expect((await followBothWays(read("failed"))).map(({ label }) => label)).toEqual(failed);
      for (const after of ["no number", "9".repeat(30)]) {
        expect((await read(null)({ after })).items[0]?.label, after).toBe(labelOf(0));
      }
      expect((await listRunPartitions(db, await somebody(db), id)).items).toEqual([]);
    }));
});
