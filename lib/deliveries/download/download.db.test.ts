import { asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { auditEvents, sessions } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import type { RunRef } from "@/lib/deliveries/types";
import { parseView } from "@/lib/deliveries/view";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aDeliveryRun, giveDeliveries } from "@/lib/testing/deliveries";
import { aFilledSource, aWritingDestination } from "@/lib/testing/destinations";
import type { DeliveryFormat } from "./formats";
import { deliveriesStream } from "./stream";

async function aRun(db: Db): Promise<{ owner: Actor; ref: RunRef }> {
  const owner = await ownerOfCredentials(db);
  const { sourceId } = await aFilledSource(db, owner, []);
  const { destinationId } = await aWritingDestination(db, owner, { sourceId });
  return { owner, ref: await aDeliveryRun(db, destinationId) };
}

const download = (db: Db, actor: Actor, ref: RunRef, format: DeliveryFormat, search = {}) =>
  deliveriesStream(db, actor, { ref, name: "Comments", format, view: parseView(search) });

it("holds each record of the view once, in the order of sending, and is recorded by its count", () =>
  withRollback(async (db) => {
    const { owner, ref } = await aRun(db);
    await giveDeliveries(
      db,
      ref,
      Array.from({ length: 250 }, (_, index) => ({ state: index % 2 === 0 ? "sent" : "held" }) as const),
    );
    const text = await new Response(download(db, owner, ref, "ndjson")).text();
    const rows = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
    expect(await new Response(download(db, owner, ref, "ndjson")).text()).toBe(text);
    const held = await new Response(download(db, owner, ref, "csv", { result: "held", key: "K1" })).text();
    expect(held.trimEnd().split("\r\n")).toHaveLength(1 + 55);
    const events = await db
      .select({ details: auditEvents.details })
      .from(auditEvents)
      .where(eq(auditEvents.event, "deliveries.downloaded"))
      .orderBy(asc(auditEvents.id));
    expect(events.map(({ details }) => details).slice(1)).toEqual([
      {
        ...{ runId: ref.runId, name: "Comments", format: "ndjson", result: null },
        ...{ records: 250, isComplete: true },
      },
      {
        ...{ runId: ref.runId, name: "Comments", format: "csv", result: "held" },
        ...{ records: 55, isComplete: true },
      },
    ]);
  }));

it("runs no formula in a spreadsheet, and keeps numbers that JavaScript cannot hold", () =>
  withRollback(async (db) => {
    const { owner, ref } = await aRun(db);
    await giveDeliveries(db, ref, [
      {
        key: '=HYPERLINK("https://evil.example")',
        problems: [{ field: "text", message: "@SUM(A1)\nsecond" }],
        cure: "-1+1",
        values: { text: "a" },
        input: { id: 7 },
      },
    ]);
    const csv = await new Response(download(db, owner, ref, "csv")).text();
    expect(csv.split("\r\n")[0]).toBe(
      "number,result,key,record,status,problems,cure,link,tries,time,values,input,requests",
    );
    expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(csv).toContain("'-1+1");
    expect(csv).toContain('"text: @SUM(A1)\nsecond"');
    const [line] = (await new Response(download(db, owner, ref, "ndjson")).text()).split("\n");
    expect(line).toContain('"values": {"text": "a"}, "input": {"id": 7}, "requests": [], "answer": null}');
  }));

it("breaks off once the right has ended", () =>
  withRollback(async (db) => {
    const { owner, ref } = await aRun(db);
    await giveDeliveries(
      db,
      ref,
      Array.from({ length: 250 }, () => ({ values: { text: "x".repeat(400) } })),
    );
    const reader = download(db, owner, ref, "ndjson").getReader();
    expect((await reader.read()).done).toBe(false);
    await db.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.id, owner.sessionId));
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toThrow("the download broke off");
  }));
