import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { deliveries, deliveryLedger, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Call } from "@/lib/connectors/action-sender";
import type { Db } from "@/lib/db/types";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import {
  aFilledSource,
  anUpload,
  aRow,
  aWritingDestination,
  commentWriting,
  fillSource,
  type Row,
  resultsOf,
  rowsOn,
} from "@/lib/testing/destinations";
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
const dryRun = { kind: "dry-run", mode: "all" } as const;

let scenes = 0;
async function aScene(rows: readonly Row[], server = new FakeDestination(), writing = commentWriting) {
  scenes += 1;
  const name = `Scene ${scenes}`;
  const { sourceId } = await aFilledSource(db, owner, rows, name);
  const credential = { baseUrl: baseUrlAt(`https://bitbucket${scenes}.example.com`) };
  const { destinationId } = await aWritingDestination(db, owner, { sourceId }, { name, credential, writing });
  return {
    sourceId,
    destinationId,
    server,
    run: (wanted: WantedDelivery) => run(destinationId, server, wanted),
  };
}

async function run(destinationId: string, server: FakeDestination, wanted: WantedDelivery) {
  const work = deliveringWork(server.writing);
  const engine = anEngineFor(db, { ...worksFor(), write: work, "dry-run": work });
  const { runId } = await requestDelivery(db, owner, destinationId, wanted);
  return untilEnded(engine, runId);
}

const textsAt = (server: FakeDestination, place: string) =>
  server.writes().flatMap(({ body }) => {
    const { place: at, text } = body as { place?: string; text: string };
    return at === place ? [text] : [];
  });

describe("a run of a destination", () => {
  it("sends every record once, in order on each target, with two calls at a time", async () => {
    const { server, run, destinationId } = await aScene(rowsOn(7, 300));
    // Without a way to go, the calls of one lane are over before the other lane's begin.
    server.delayMs = 5;
    const first = await run(everything);
    expect(first).toMatchObject({ state: "succeeded", taken: 300, sent: 300, calls: 300, taking: null });
    expect(server.things).toHaveLength(300);
    expect(server.mostAtOnce).toBe(2);
    for (let pr = 1; pr <= 7; pr += 1) {
      const expected = rowsOn(7, 300)
        .filter(({ data }) => data.repository_id === pr)
        .map(({ data }) => data.message);
      expect(textsAt(server, `storefront/${pr}`)).toEqual(expected);
    }
    const [endpoint] = await db.select().from(endpoints).where(eq(endpoints.id, destinationId));
    expect(endpoint).toMatchObject({ takenSeq: 300, failures: 0 });
    const [kept] = await db
      .select()
      .from(deliveries)
      .where(and(eq(deliveries.runId, first.id), eq(deliveries.number, 1)));
    expect(kept).toMatchObject({
      ...{ key: "K1", record: "K1", state: "sent", status: 201, tries: 1 },
      answer: { id: expect.any(Number), version: 0 },
      input: { repository_slug: "storefront", repository_id: 1, message: "Text of K1" },
      requests: [{ method: "POST", path: "/things" }],
    });
  });

  it("sends nothing again, then what has changed and what is new", async () => {
    const { server, run, sourceId } = await aScene(rowsOn(5, 40));
    await run(everything);
    const again = await run(everything);
    expect(again).toMatchObject({ state: "succeeded", taken: 40, alreadyThere: 40, sent: 0, calls: 0 });
    expect(await run(onlyNew)).toMatchObject({ state: "succeeded", taken: 0 });
    await fillSource(db, sourceId, [aRow("K3", 3, "Changed"), aRow("K41", 1)]);
    const changed = await run(onlyNew);
    expect(changed).toMatchObject({ state: "succeeded", taken: 2, sent: 2 });
    expect(server.writes()).toHaveLength(42);
    expect(server.things).toHaveLength(41);
    expect(server.things.find(({ text }) => text === "Changed")).toMatchObject({ version: 1 });
  });

  it("takes records that share a match key in their order: the last one stands", async () => {
    const writing = { ...commentWriting, matchKey: { kind: "column", column: "repository_slug" } } as const;
    const rows = [aRow("A", 1, "one"), aRow("B", 2, "two"), aRow("C", 1, "two"), aRow("D", 1, "one")];
    const { server, run } = await aScene(rows, new FakeDestination(), writing);
    const first = await run(everything);
    // Pull request and text are values: only those of the record before count.
    expect(await resultsOf(db, first.id)).toEqual([1, 2, 3, 4].map(() => "storefront sent"));
    expect(server.things).toMatchObject([{ text: "one", version: 3 }]);
    const dry = await run(dryRun);
    expect(dry).toMatchObject({ wouldSend: 3, alreadyThere: 1 });
    expect(server.things).toMatchObject([{ text: "one", version: 3 }]);
    expect(await run(everything)).toMatchObject({ sent: 3, alreadyThere: 1 });
  });

  it("says why a record is skipped or rejected, and ends incomplete", async () => {
    const rows = [aRow("A", 1), aRow("B", 2, ""), aRow("C", 3), aRow("D", 4), aRow("E", 5)];
    const { server, run, destinationId } = await aScene(rows);
    const problems = [{ field: "text", message: "Too rude." }];
    server.hook = ({ body }: Call) => {
      const place = (body as { place?: string } | undefined)?.place;
      if (place === "storefront/3") return { kind: "rejected", status: 400, problems, body: null };
      return place === "storefront/4" ? { kind: "denied", problems: [] } : null;
    };
    const dry = await run(dryRun);
    expect(dry).toMatchObject({ state: "incomplete", wouldSend: 4, skipped: 1, calls: 0 });
    const first = await run(everything);
    expect(first).toMatchObject({ state: "incomplete", taken: 5, sent: 2, rejected: 2, skipped: 1 });
    const rowsOfRun = await db.select().from(deliveries).where(eq(deliveries.runId, first.id));
    const byKey = new Map(rowsOfRun.map((row) => [row.key, row]));
    expect(byKey.get("C")).toMatchObject({ state: "rejected", status: 400, problems, tries: 1 });
    expect(byKey.get("B")?.problems).toMatchObject([{ field: "text" }]);
    const ofDry = await db
      .select()
      .from(deliveries)
      .where(and(eq(deliveries.runId, dry.id), eq(deliveries.key, "B")));
    expect(ofDry[0]?.problems).toEqual(byKey.get("B")?.problems);
    // Nothing of them stands.
    expect(await db.$count(deliveryLedger, eq(deliveryLedger.endpointId, destinationId))).toBe(2);

    server.hook = () => null;
    const pick = { runId: first.id, states: ["rejected"] as const, search: "" };
    const retried = await run({ kind: "write", pick });
    expect(await resultsOf(db, retried.id)).toEqual(["C sent", "D sent"]);
    const none = await run({ kind: "write", pick: { ...pick, search: "Z" } });
    expect(none).toMatchObject({ state: "succeeded", taken: 0 });
  });

  it("does in a dry run all but send: its requests are those of the run", async () => {
    const { server, run, sourceId } = await aScene(rowsOn(4, 30));
    await run(everything);
    await fillSource(db, sourceId, [
      ...rowsOn(4, 60).slice(25),
      aRow("K2", 2, "Changed"),
      aRow("K70", 9, ""),
    ]);
    const before = server.calls.length;
    const dry = await run(dryRun);
    expect(dry).toMatchObject({
      state: "incomplete",
      taken: 61,
      wouldSend: 31,
      alreadyThere: 29,
      skipped: 1,
    });
    expect(server.calls).toHaveLength(before);
    const sent = await run(everything);
    expect(sent).toMatchObject({ taken: 61, sent: 31, alreadyThere: 29, skipped: 1 });
    const requestsOf = async (runId: string) =>
      (
        await db.select().from(deliveries).where(eq(deliveries.runId, runId)).orderBy(deliveries.number)
      ).flatMap(({ requests }) => requests);
    expect(await requestsOf(dry.id)).toEqual(await requestsOf(sent.id));
    const inOrder = (calls: readonly Call[]) =>
      calls.map((call) => JSON.stringify(call, Object.keys(call).sort())).toSorted();
    expect(inOrder(server.calls.slice(before))).toEqual(inOrder(await requestsOf(dry.id)));
  });

  it("sends records of a group with one call, and a key that comes twice with two", async () => {
    const server = new FakeDestination({ together: { by: ["pullRequest"], most: 5, noun: "comment" } });
    const { run } = await aScene(rowsOn(4, 18), server);
    const dry = await run(dryRun);
    expect(dry).toMatchObject({ state: "succeeded", wouldSend: 18 });
    expect(await run(everything)).toMatchObject({ state: "succeeded", sent: 18, calls: 4 });
    expect(server.things).toHaveLength(18);
    expect(await run(everything)).toMatchObject({ state: "succeeded", alreadyThere: 18, calls: 0 });
  });

  it("skips a group that is larger than the server takes, before anything of it is sent", async () => {
    const server = new FakeDestination({ together: { by: ["pullRequest"], most: 5, noun: "comment" } });
    const { run } = await aScene(rowsOn(2, 11), server);
    expect(await run(dryRun)).toMatchObject({ state: "incomplete", wouldSend: 5, skipped: 6 });
    const sent = await run(everything);
    expect(sent).toMatchObject({ state: "incomplete", sent: 5, skipped: 6, calls: 1 });
    expect(server.things).toHaveLength(5);
    const [skipped] = await db
      .select({ problems: deliveries.problems })
      .from(deliveries)
      .where(and(eq(deliveries.runId, sent.id), eq(deliveries.state, "skipped")));
    expect(skipped?.problems[0]?.message).toMatch(
      /^Together they are 6 comments, but the server takes at most 5\./,
    );
  });

  it("sends the rows of a file", async () => {
    const rows = [1, 2, 3].map((number) => ({
      slug: "storefront",
      pr: String(number),
      text: `Row ${number}`,
    }));
    const uploadId = await anUpload(db, owner, rows);
    const writing = {
      ...commentWriting,
      mapping: {
        ...commentWriting.mapping,
        repository: { from: "column", column: "slug" },
        pullRequest: { from: "column", column: "pr" },
        text: { from: "text", text: "{{text}} of {{slug}}" },
      },
      matchKey: { kind: "fields", fields: ["pullRequest"] },
    } as const;
    const server = new FakeDestination();
    const { destinationId } = await aWritingDestination(db, owner, { uploadId }, { name: "File", writing });
    expect(await run(destinationId, server, everything)).toMatchObject({ state: "succeeded", sent: 3 });
    expect(server.things.map(({ text }) => text)).toEqual(rows.map(({ text }) => `${text} of storefront`));
    expect(await run(destinationId, server, onlyNew)).toMatchObject({ state: "succeeded", taken: 0 });
  });
});
