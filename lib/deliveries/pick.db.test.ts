import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { deliveryLedger } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { senderOf } from "@/lib/connectors/action-senders";
import type { Db } from "@/lib/db/types";
import type { WritingSettings } from "@/lib/mapping/types";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { aDeliveryRun, giveDeliveries } from "@/lib/testing/deliveries";
import { aFilledSource, aRow, aWritingDestination, resultsOf } from "@/lib/testing/destinations";
import { FakeDestination } from "@/lib/testing/fake-destination";
import { anEngineFor, untilEnded, worksFor } from "@/lib/testing/runs";
import { deliveringWork } from "./engine/work";
import { ledgerKeyOf } from "./ledger";
import { retryDeliveries } from "./pick";
import { requestDelivery } from "./request";
import { retryDeliveriesSchema } from "./schema";

let db: Db;
let owner: Actor;
beforeAll(async () => {
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
});

/** Posts that no look-up finds again. */
const blindWriting: WritingSettings = {
  action: "manual-request",
  mapping: {
    method: { from: "constant", value: "POST" },
    path: { from: "text", text: "/rest/things/{{repository_slug}}" },
    body: { from: "text", text: '{"text":"{{message}}"}' },
  },
  matchKey: { kind: "record" },
  allows: [],
};

const unknownOnes = { result: "unknown", key: "" } as const;

describe("a result that nothing on the server can tell", () => {
  it("stays unknown when it is retried, and is sent again only if a user asks for that", async () => {
    const server = new FakeDestination();
    const { sourceId } = await aFilledSource(db, owner, [aRow("K1", 1), aRow("K2", 2)], "Blind");
    const credential = { baseUrl: baseUrlAt("https://blind.example.com") };
    const { destinationId } = await aWritingDestination(
      db,
      owner,
      { sourceId },
      { name: "Blind", credential, writing: blindWriting },
    );
    const work = deliveringWork({ ...server.writing, senderOf });
    const engine = anEngineFor(db, { ...worksFor(), write: work });
    const ref = (runId: string) => ({ endpointId: destinationId, runId });

    server.cuts = ({ body }) => JSON.stringify(body).includes("Text of K2");
    const first = await requestDelivery(db, owner, destinationId, { kind: "write", mode: "all" });
    await untilEnded(engine, first.runId);
    expect(await resultsOf(db, first.runId)).toEqual(["K1 sent", "K2 unknown"]);
    expect(server.things).toHaveLength(2);

    const looked = await retryDeliveries(db, owner, ref(first.runId), unknownOnes);
    await untilEnded(engine, looked.runId);
    expect(await resultsOf(db, looked.runId)).toEqual(["K2 unknown"]);
    expect(server.things).toHaveLength(2);

    server.cuts = () => false;
    const again = await retryDeliveries(db, owner, ref(looked.runId), { ...unknownOnes, isAnew: true });
    await untilEnded(engine, again.runId);
    expect(await resultsOf(db, again.runId)).toEqual(["K2 sent"]);
    expect(server.things).toHaveLength(3);
    const entries = await db
      .select({ state: deliveryLedger.state })
      .from(deliveryLedger)
      .where(eq(deliveryLedger.endpointId, destinationId));
    expect(entries.map(({ state }) => state)).toEqual(["sent", "sent"]);
  });
});

describe("Send again", () => {
  it("forgets the intents of exactly the results that were meant, and what stood before stands", async () => {
    const { sourceId } = await aFilledSource(db, owner, [aRow("A1", 1)], "Meant");
    const made = async (name: string) =>
      (await aWritingDestination(db, owner, { sourceId }, { name })).destinationId;
    const [meant, other] = [await made("Meant"), await made("Other")];
    const scope = "the scope";
    const ref = await aDeliveryRun(db, meant, { facts: { scope } });
    await giveDeliveries(db, ref, [
      { key: "A1", state: "unknown" },
      { key: "A2", state: "unknown" },
      { key: "A3", state: "rejected" },
      { key: "B1", state: "unknown" },
    ]);
    const note = (endpointId: string, key: string, more: object = {}) =>
      db.insert(deliveryLedger).values({
        ...{ endpointId, scope, key: Buffer.from(ledgerKeyOf(key), "hex"), state: "sending" },
        ...{ hash: Buffer.alloc(4), at: new Date(), ...more },
      });
    await note(meant, "A1");
    await note(meant, "A2", { answer: { id: 7 } });
    await note(meant, "A3");
    await note(meant, "B1");
    await note(meant, "A1", { scope: "another" });
    await note(other, "A1");

    await retryDeliveries(db, owner, ref, { result: "unknown", key: "A", isAnew: true });
    const left = await db
      .select({
        of: deliveryLedger.endpointId,
        scope: deliveryLedger.scope,
        key: sql<string>`encode(${deliveryLedger.key}, 'hex')`,
        state: deliveryLedger.state,
      })
      .from(deliveryLedger)
      .where(sql`${deliveryLedger.endpointId} in (${meant}, ${other})`);
    const words = left.map(({ of, key, state, ...at }) => {
      const name = ["A1", "A2", "A3", "B1"].find((one) => ledgerKeyOf(one) === key);
      return `${of === meant ? "meant" : "other"} ${at.scope} ${name} ${state}`;
    });
    expect(words.toSorted()).toEqual([
      "meant another A1 sending",
      "meant the scope A2 sent",
      "meant the scope A3 sending",
      "meant the scope B1 sending",
      "other the scope A1 sending",
    ]);
  });

  it("is taken for unknown results only", () => {
    const form = { endpointId: crypto.randomUUID(), runId: crypto.randomUUID(), anew: "yes" };
    expect(retryDeliveriesSchema.safeParse({ ...form, result: "unknown" }).success).toBe(true);
    expect(retryDeliveriesSchema.safeParse({ ...form, result: "" }).success).toBe(false);
    expect(retryDeliveriesSchema.safeParse({ ...form, result: "held" }).success).toBe(false);
  });
});
