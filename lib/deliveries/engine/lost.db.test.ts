import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { Call } from "@/lib/connectors/action-sender";
import type { Db } from "@/lib/db/types";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { aFilledSource, aWritingDestination, rowsOn } from "@/lib/testing/destinations";
import { FakeDestination } from "@/lib/testing/fake-destination";
import { anEngineFor, untilEnded, worksFor } from "@/lib/testing/runs";
import { requestDelivery, type WantedDelivery } from "../request";
import { deliveringWork } from "./work";

let db: Db;
let owner: Actor;
beforeAll(async () => {
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
});

const everything = { kind: "write", mode: "all" } as const;
const onlyNew = { kind: "write", mode: "new" } as const;

let scenes = 0;
async function aScene(count: number) {
  scenes += 1;
  const name = `Scene ${scenes}`;
  const server = new FakeDestination();
  const { sourceId } = await aFilledSource(db, owner, rowsOn(10, count), name);
  const credential = { baseUrl: baseUrlAt(`https://bitbucket${scenes}.example.com`) };
  const { destinationId } = await aWritingDestination(db, owner, { sourceId }, { name, credential });
  const work = deliveringWork(server.writing);
  const engine = anEngineFor(db, { ...worksFor(), write: work, "dry-run": work });
  const run = async (wanted: WantedDelivery) =>
    untilEnded(engine, (await requestDelivery(db, owner, destinationId, wanted)).runId);
  return { server, run };
}

/** Every record stands once, by its text. */
function expectOnce(server: FakeDestination, count: number) {
  const texts = rowsOn(10, count).map(({ data }) => String(data.message));
  expect(server.things.map(({ text }) => text).toSorted()).toEqual(texts.toSorted());
}

describe("a lost answer", () => {
  const lost = { kind: "lost", reason: "UNREACHABLE" } as const;
  it("is followed by looking: every record stands once", async () => {
    const { server, run } = await aScene(200);
    let [seed, cuts] = [7, 0];
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    server.cuts = () => {
      const isCut = cuts < 100 && random() < 0.6;
      if (isCut) cuts += 1;
      return isCut;
    };
    const first = await run(everything);
    expect(cuts).toBe(100);
    expect(first).toMatchObject({ state: "succeeded", sent: 100, alreadyThere: 100 });
    expectOnce(server, 200);
  });

  it("three times in a row, while others are answered, leaves one unknown, which a retry looks for", async () => {
    const { server, run } = await aScene(40);
    const isBad = ({ body }: Call) => (body as { text?: string } | undefined)?.text === "Text of K5";
    server.hook = (call) => (isBad(call) ? lost : null);
    const first = await run(everything);
    expect(first).toMatchObject({ state: "incomplete", sent: 39, unknown: 1 });
    server.hook = () => null;
    const pick = { runId: first.id, states: ["unknown"] as const, search: "" };
    expect(await run({ kind: "write", pick })).toMatchObject({ state: "succeeded", taken: 1, sent: 1 });
    expectOnce(server, 40);
  });

  it("of a server that is gone ends the run after growing waits; what may have been sent is unknown, the rest held", async () => {
    const { server, run } = await aScene(40);
    server.hook = () => (server.calls.length > 10 ? lost : null);
    const first = await run(everything);
    expect(first).toMatchObject({ state: "failed", reason: "unreachable" });
    expect(first.sent + first.unknown + first.held).toBe(40);
    expect(first.unknown).toBeLessThanOrEqual(2);
    expect(first.sent).toBe(server.things.length);
    server.hook = () => null;
    expect(await run(onlyNew)).toMatchObject({ state: "succeeded", taken: first.held, sent: first.held });
  });

  it("of no byte that was sent is an outage: nothing is unknown", async () => {
    const { server, run } = await aScene(20);
    server.hook = () => (server.calls.length > 4 ? { kind: "unsent", reason: "UNREACHABLE" } : null);
    const first = await run(everything);
    expect(first).toMatchObject({ state: "failed", reason: "unreachable", sent: 4, unknown: 0, held: 16 });
  });

  it("waits as the server asks, and goes on", async () => {
    const { server, run } = await aScene(20);
    let waits = 0;
    server.hook = () => {
      if (server.calls.length < 5 || waits > 2) return null;
      waits += 1;
      return { kind: "wait", seconds: 1, why: "rate-limit" };
    };
    expect(await run(everything)).toMatchObject({ state: "succeeded", sent: 20 });
    expectOnce(server, 20);
  });
});
