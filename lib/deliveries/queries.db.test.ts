import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aDeliveryRun, giveDeliveries } from "@/lib/testing/deliveries";
import { aFilledSource, aWritingDestination } from "@/lib/testing/destinations";
import { grantEndpoint } from "@/lib/testing/sharing";
import { countDeliveries, countResults, findDelivery, listDeliveries, readDeliveries } from "./queries";
import type { DeliveriesPage, RunRef } from "./types";
import { type DeliveriesView, type Place, parseView } from "./view";

async function aRun(db: Db): Promise<{ owner: Actor; ref: RunRef }> {
  const owner = await ownerOfCredentials(db);
  const { sourceId } = await aFilledSource(db, owner, []);
  const { destinationId } = await aWritingDestination(db, owner, { sourceId });
  return { owner, ref: await aDeliveryRun(db, destinationId) };
}

const all: DeliveriesView = { result: null, key: "" };
const numbersOf = ({ items }: DeliveriesPage) => items.map(({ number }) => number);

describe("the records of a run", () => {
  it("are paged in both directions, each once, whatever is filtered and searched", () =>
    withRollback(async (db) => {
      const { owner, ref } = await aRun(db);
      const given = Array.from({ length: 240 }, (_, index) => ({
        // Seven records of each key, so that pages begin within equal keys.
        key: `ä/${String(index % 34).padStart(2, "0")}`,
        state: index % 2 === 0 ? ("rejected" as const) : ("sent" as const),
      }));
      await giveDeliveries(db, ref, given);
      for (const [view, count] of [
        [all, 240],
        [{ result: "rejected", key: "" }, 120],
        [{ result: null, key: "ä/" }, 240],
        [{ result: "sent", key: "ä/" }, 120],
      ] as const) {
        const pages: DeliveriesPage[] = [];
        let place: Place = null;
        for (;;) {
          const page: DeliveriesPage = await listDeliveries(db, owner, ref, view, place);
          pages.push(page);
          if (page.next === null) break;
          place = { after: page.next };
        }
        const forwards = pages.flatMap(numbersOf);
        expect(new Set(forwards).size, JSON.stringify(view)).toBe(count);
        expect(forwards).toHaveLength(count);
        for (let at = pages.length - 1; at > 0; at -= 1) {
          const before: number | null = pages[at]?.previous ?? null;
          const back = await listDeliveries(db, owner, ref, view, { before: before ?? 0 });
          expect(numbersOf(back)).toEqual(
            numbersOf(pages[at - 1] ?? { items: [], next: null, previous: null }),
          );
        }
        expect(pages[0]?.previous).toBeNull();
      }
    }));

  it("are found by the beginning of their key, in which nothing is a wildcard", () =>
    withRollback(async (db) => {
      const { owner, ref } = await aRun(db);
      const keys = ["a%", "a%b", "aXb", "A%", "a_c", "a%\u{10ffff}z", ""];
      await giveDeliveries(
        db,
        ref,
        keys.map((key) => ({ key })),
      );
      const found = async (key: string) =>
        (await listDeliveries(db, owner, ref, parseView({ key }))).items.map((item) => item.key);
      expect(await found("a%")).toEqual(["a%", "a%b", "a%\u{10ffff}z"]);
      expect(await found("a%\u{10ffff}")).toEqual(["a%\u{10ffff}z"]);
      expect(await found("\u{10ffff}")).toEqual([]);
      expect(await found("a_")).toEqual(["a_c"]);
      expect(await found("%")).toEqual([]);
      expect(await found("\0'; drop")).toEqual([]);
    }));

  it("say what was sent, and link only to the destination's own server", () =>
    withRollback(async (db) => {
      const { owner, ref } = await aRun(db);
      const body = { text: "x".repeat(400) };
      const requests = [{ method: "POST", path: "/rest/api/1.0/x", query: { a: 1 }, body }] as const;
      const url = (link: string) => ({ answer: { url: link } });
      await giveDeliveries(db, ref, [
        {
          requests,
          values: { text: "x" },
          input: { pr: 7 },
          ...url("https://bitbucket.example.com/projects/A"),
        },
        url("https://elsewhere.example/projects/A"),
        url("javascript:alert(1)"),
        { answer: { page: "/projects/A/repos/b" } },
        { answer: { page: "//elsewhere.example/x" } },
      ]);
      const { items } = await listDeliveries(db, owner, ref, all);
      const [first] = items;
      const server = "https://bitbucket.example.com";
      expect(items.map(({ link }) => link)).toEqual([
        ...[`${server}/projects/A`, null, null],
        ...[`${server}/projects/A/repos/b`, `${server}//elsewhere.example/x`],
      ]);
      expect(first?.request).toMatchObject({ method: "POST", path: "/rest/api/1.0/x", of: 1 });
      expect(first?.request?.bodyStart).toMatch(/^\{"text": "x+…$/);
      const details = await findDelivery(db, owner, ref, 1);
      expect(details).toMatchObject({ requests, values: { text: "x" }, input: { pr: 7 }, number: 1 });
      for (const number of [0, 6, 1.5, Number.NaN, 2 ** 40]) {
        expect(await findDelivery(db, owner, ref, number)).toBeNull();
      }
    }));

  it("are counted by result, within a search too", () =>
    withRollback(async (db) => {
      const { owner, ref } = await aRun(db);
      await giveDeliveries(db, ref, [
        { key: "a1", state: "sent" },
        { key: "a2", state: "rejected" },
        { key: "b1", state: "held" },
      ]);
      expect(await countResults(db, owner, ref, "")).toMatchObject({
        ...{ sent: { count: 1, isLimit: false }, rejected: { count: 1 }, held: { count: 1 } },
        already: { count: 0, isLimit: false },
      });
      expect(await countResults(db, owner, ref, "a")).toMatchObject({
        held: { count: 0 },
        sent: { count: 1 },
      });
      expect(await countDeliveries(db, owner, ref, ["rejected", "held"])).toBe(2);
      expect(await countDeliveries(db, owner, ref, ["rejected", "held"], "b")).toBe(1);
    }));

  it("are nobody's who does not see the destination, nor another destination's; a collaborator sees them", () =>
    withRollback(async (db) => {
      const { owner, ref } = await aRun(db);
      await giveDeliveries(db, ref, [{ state: "rejected" }]);
      const stranger = await somebody(db);
      const seenBy = async (actor: Actor, asked: RunRef) => [
        (await listDeliveries(db, actor, asked, all)).items.length,
        (await listDeliveries(db, actor, asked, { result: "rejected", key: "K" })).items.length,
        await countDeliveries(db, actor, asked, ["rejected"]),
        (await countResults(db, actor, asked, "")).rejected.count,
        (await findDelivery(db, actor, asked, 1)) === null ? 0 : 1,
        (await readDeliveries(db, actor, asked, { view: all, after: 0 }, 10)).length,
      ];
      const nothing = [0, 0, 0, 0, 0, 0];
      const everything = [1, 1, 1, 1, 1, 1];
      expect(await seenBy(owner, ref)).toEqual(everything);
      expect(await seenBy(stranger, ref)).toEqual(nothing);
      const other = await aRun(db);
      for (const wrong of [
        { ...ref, endpointId: other.ref.endpointId },
        { ...ref, runId: other.ref.runId },
        { ...ref, runId: "no id" },
        { ...ref, endpointId: "no id" },
      ]) {
        expect(await seenBy(owner, wrong)).toEqual(nothing);
        expect(await seenBy(other.owner, wrong)).toEqual(nothing);
      }
      await grantEndpoint(db, owner, ref.endpointId, { userId: stranger.userId }, "collaborator");
      expect(await seenBy(stranger, ref)).toEqual(everything);
    }));
});
