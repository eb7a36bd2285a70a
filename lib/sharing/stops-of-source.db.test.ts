import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { deliveringWork } from "@/lib/deliveries/engine/work";
import { requestDelivery } from "@/lib/deliveries/request";
import { somebody } from "@/lib/testing/actors";
import { ownDatabase } from "@/lib/testing/database";
import { aFilledSource, aWritingDestination, rowsOn } from "@/lib/testing/destinations";
import { FakeDestination } from "@/lib/testing/fake-destination";
import { anEngineFor, untilEnded, worksFor } from "@/lib/testing/runs";
import { aTeam, grantEndpoint } from "@/lib/testing/sharing";
import { leave, revoke, undoRevoke } from "./mutations";
import { findAccess } from "./queries";

let db: Db;
beforeAll(async () => {
  db = await ownDatabase();
});

/**
 * A source of Ada's that Bea sees by a grant of her own, Cem through a team, and Dee both ways. Each has a destination
 * that writes its records, and Bea has two.
 */
async function aSource() {
  const [ada, bea, cem, dee] = [
    await somebody(db),
    await somebody(db),
    await somebody(db),
    await somebody(db),
  ];
  const { sourceId } = await aFilledSource(db, ada, rowsOn(2, 4), "Shared");
  const teamId = await aTeam(db, cem, dee);
  const thing = { kind: "endpoint", id: sourceId } as const;
  const toBea = await grantEndpoint(db, ada, sourceId, { userId: bea.userId }, "collaborator");
  const toDee = await grantEndpoint(db, ada, sourceId, { userId: dee.userId }, "operator");
  const toTeam = await grantEndpoint(db, ada, sourceId, { teamId }, "collaborator");
  const destinations: { owner: Actor; id: string; name: string }[] = [];
  for (const [owner, name] of [
    [ada, "A"],
    [bea, "B1"],
    [bea, "B2"],
    [cem, "C"],
    [dee, "D"],
  ] as const) {
    const { destinationId } = await aWritingDestination(db, owner, { sourceId }, { name });
    destinations.push({ owner, id: destinationId, name });
  }
  const stopsOf = async (reader: Actor) =>
    new Map((await findAccess(db, reader, thing))?.grants.map(({ id, stops }) => [id, stops]));
  /** Runs every destination, and tells which of them found their records lost. */
  const findLost = async () => {
    const lost: string[] = [];
    for (const { owner, id, name } of destinations) {
      const work = deliveringWork(new FakeDestination().writing);
      const engine = anEngineFor(db, { ...worksFor(), write: work });
      const { runId } = await requestDelivery(db, owner, id, { kind: "write", mode: "all" });
      const { state, reason } = await untilEnded(engine, runId);
      if (reason === "input-lost") lost.push(name);
      else expect(state, name).toBe("succeeded");
    }
    return lost;
  };
  return { ada, bea, cem, dee, thing, toBea, toDee, toTeam, destinations, stopsOf, findLost };
}

const ofOne = (destinations: number) => ({ sources: 0, destinations, users: 1, shown: [] });

describe("what the end of a grant on a source stops", () => {
  it("is the destinations whose runs then fail, of users who have no other way to its records", async () => {
    const { ada, thing, toBea, toDee, toTeam, stopsOf, findLost } = await aSource();
    expect(await findLost()).toEqual([]);
    expect(await stopsOf(ada)).toEqual(
      new Map([
        [toBea, ofOne(2)],
        [toDee, null],
        [toTeam, ofOne(1)],
      ]),
    );
    await revoke(db, ada, { ...thing, grantId: toBea, stopsSeen: 2 });
    expect(await findLost()).toEqual(["B1", "B2"]);
    await revoke(db, ada, { ...thing, grantId: toDee, stopsSeen: 0 });
    // The team is Dee's only way now.
    expect((await stopsOf(ada)).get(toTeam)).toMatchObject({ destinations: 2, users: 2 });
    expect(await findLost()).toEqual(["B1", "B2"]);
    await undoRevoke(db, ada, { ...thing, grantId: toBea });
    await revoke(db, ada, { ...thing, grantId: toTeam, stopsSeen: 2 });
    expect(await findLost()).toEqual(["C", "D"]);
  });

  it("is named as far as the reader sees it, and the reader's own is theirs to know", async () => {
    const { ada, bea, destinations, toBea, toTeam, stopsOf } = await aSource();
    const [, first] = destinations;
    await grantEndpoint(db, bea, first?.id ?? "", { userId: ada.userId }, "collaborator");
    expect((await stopsOf(ada)).get(toBea)).toEqual({
      ...ofOne(2),
      shown: [{ id: first?.id, direction: "destination", name: "B1" }],
    });
    const toldToBea = await stopsOf(bea);
    expect(toldToBea.get(toBea)?.shown.map(({ name }) => name)).toEqual(["B1", "B2"]);
    expect(toldToBea.get(toTeam)).toBeNull();
  });

  it("is not stopped by a press that was told of less, and nothing changes then", async () => {
    const { ada, bea, thing, toBea, findLost } = await aSource();
    const grant = { ...thing, grantId: toBea };
    const isRefused = { code: "CONFLICT" };
    await expect(revoke(db, ada, { ...grant, stopsSeen: 1 })).rejects.toMatchObject(isRefused);
    await expect(leave(db, bea, { ...grant, stopsSeen: 0 })).rejects.toMatchObject(isRefused);
    expect(await findLost()).toEqual([]);
    await leave(db, bea, { ...grant, stopsSeen: 2 });
    expect(await findLost()).toEqual(["B1", "B2"]);
  });

  it("leaves out what has stopped already, and is nothing for a destination", async () => {
    const { ada, bea, destinations, toBea, toTeam, stopsOf } = await aSource();
    const [own] = destinations;
    const onOwn = { kind: "endpoint", id: own?.id ?? "" } as const;
    await grantEndpoint(db, ada, onOwn.id, { userId: bea.userId }, "operator");
    expect((await findAccess(db, ada, onOwn))?.grants).toMatchObject([{ stops: null }]);
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, bea.userId));
    expect((await stopsOf(ada)).get(toBea)).toBeNull();
    expect((await stopsOf(ada)).get(toTeam)).not.toBeNull();
  });
});
