import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { runPartitions } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import { ownDatabase } from "@/lib/testing/database";
import { aSharedThing } from "@/lib/testing/sharing";
import { addParts, PartQueue } from "./parts";

let db: Db;
beforeAll(async () => {
  db = await ownDatabase();
});

/** The database, in which `meanwhile` happens after each reading and before its answer arrives. */
function slowly(meanwhile: () => Promise<void>): Db {
  const slow = (query: object): object =>
    new Proxy(query, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        if (name !== "then") {
          return (...args: unknown[]) => {
            const next: unknown = Reflect.apply(value, target, args);
            return typeof next === "object" && next !== null ? slow(next) : next;
          };
        }
        return (done: (rows: unknown) => void, failed: (error: unknown) => void) =>
          Reflect.apply(value, target, [
            async (rows: unknown) => {
              await meanwhile();
              done(rows);
            },
            failed,
          ]);
      },
    });
  // Only `select` is used, and it is the same otherwise.
  return slow(db) as Db;
}

it("a part that another part brings while the queue is read is not missed by either lane", async () => {
  const { thing } = await aSharedThing(db, "endpoint");
  const pass = { passId: randomUUID(), endpointId: thing.id };
  const start = (key: string) => ({ key, group: null, label: key, position: {} });
  await db.transaction((tx) => addParts(tx, pass, [start("first")]));

  let readings = 0;
  let hand: { readonly queue: PartQueue; readonly part: NonNullable<ReturnType<PartQueue["take"]>> } | null =
    null;
  const queue = new PartQueue(
    slowly(async () => {
      if (!hand) return;
      readings += 1;
      // Once for what comes after the parts so far, and once from the start.
      if (readings < 2) return;
      const { part, queue } = hand;
      hand = null;
      // The other lane stores its page, which brings a part, and takes the next one.
      await db.transaction(async (tx) => {
        await addParts(tx, pass, [start("second")]);
        await tx
          .update(runPartitions)
          .set({ state: "done" })
          .where(and(eq(runPartitions.passId, pass.passId), eq(runPartitions.key, part.key)));
      });
      queue.letGo(part);
    }),
    pass,
    false,
  );
  const hasNext = () =>
    queue.hasNext(
      () => false,
      async () => undefined,
    );
  expect(await hasNext()).toBe(true);
  const part = queue.take();
  if (!part) throw new Error("no part");
  hand = { queue, part };
  expect(await Promise.all([hasNext(), hasNext()])).toEqual([true, true]);
  const second = queue.take();
  expect(second?.key).toBe("second");
});
