import { desc, eq } from "drizzle-orm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { auditEvents, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db, Tx } from "@/lib/db/types";
import { log } from "@/lib/log";
import { aVisitor, somebody } from "@/lib/testing/actors";
import { ownDatabase, withRollback } from "@/lib/testing/database";
import { bookkeep, changed, changeWith, recordAlone, unchanged } from "./change";
import { type Subscriber, subscribe } from "./subscribers";

function rename(tx: Tx, { userId }: Actor, name: string) {
  return tx.update(users).set({ name }).where(eq(users.id, userId));
}

function renamed(actor: Actor, name: string) {
  return { event: "user.renamed", subjectId: actor.userId, details: { name } } as const;
}

async function nameOf(db: Db, { userId }: Actor): Promise<string | undefined> {
  const [user] = await db.select({ name: users.name }).from(users).where(eq(users.id, userId));
  return user?.name;
}

async function eventsOf(db: Db): Promise<string[]> {
  const rows = await db.select({ event: auditEvents.event }).from(auditEvents).orderBy(auditEvents.id);
  return rows.map(({ event }) => event);
}

describe("a change and its event", () => {
  it("are committed together, and the result is the caller's", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const result = await changeWith(db, actor, async (tx) => {
        await rename(tx, actor, "Kim");
        return changed(renamed(actor, "Kim"), 7);
      });
      expect([result, await nameOf(db, actor)]).toEqual([7, "Kim"]);
      const [row] = await db.select().from(auditEvents).orderBy(desc(auditEvents.id));
      expect(row).toMatchObject({ event: "user.renamed", actorId: actor.userId, sessionId: actor.sessionId });
    }));

  it("may record several events, in order, and a visitor's", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      await changeWith(db, aVisitor(), async () =>
        changed([renamed(actor, "Kim"), { event: "user.enabled", subjectId: actor.userId, details: {} }]),
      );
      const rows = await db.select().from(auditEvents).orderBy(auditEvents.id);
      expect(rows.map(({ event, actorId }) => [event, actorId])).toEqual([
        ["user.renamed", null],
        ["user.enabled", null],
      ]);
    }));

  it("are both absent when the change throws", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const before = await nameOf(db, actor);
      const failing = changeWith(db, actor, async (tx) => {
        await rename(tx, actor, "Kim");
        throw new Error("refused");
      });
      await expect(failing).rejects.toThrow("refused");
      expect([await nameOf(db, actor), await eventsOf(db)]).toEqual([before, []]);
    }));

  it("are both absent when the event cannot be written", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const before = await nameOf(db, actor);
      const failing = changeWith(db, actor, async (tx) => {
        await rename(tx, actor, "Kim");
        // PostgreSQL keeps no zero character in JSON.
        return changed(renamed(actor, "Kim\u0000"));
      });
      await expect(failing).rejects.toThrow();
      expect([await nameOf(db, actor), await eventsOf(db)]).toEqual([before, []]);
    }));

  it("a change that says that nothing changed is rolled back, and keeps its result", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const before = await nameOf(db, actor);
      const result = await changeWith(db, actor, async (tx) => {
        await rename(tx, actor, "Kim");
        return unchanged("as it was");
      });
      expect([result, await nameOf(db, actor), await eventsOf(db)]).toEqual(["as it was", before, []]);
    }));

  it("only bookkeeping commits without an event", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const result = await bookkeep(db, async (tx) => {
        await rename(tx, actor, "Kim");
        return { result: "kept", told: [] };
      });
      expect([result, await nameOf(db, actor), await eventsOf(db)]).toEqual(["kept", "Kim", []]);
    }));

  it("an event takes no field but its own", () => {
    // @ts-expect-error a secret has no field in an event
    changed({ event: "user.renamed", subjectId: "1", details: { name: "Kim", password: "p" } });
    // @ts-expect-error a change has at least one event
    changed([]);
  });
});

describe("subscribers", () => {
  const subscribed: (() => void)[] = [];
  const listen = (subscriber: Subscriber) => subscribed.push(subscribe(subscriber));
  afterEach(() => {
    for (const end of subscribed.splice(0)) end();
    vi.restoreAllMocks();
  });

  it("get each event and its actor, after the commit", async () => {
    const db = await ownDatabase();
    const actor = await somebody(db);
    const heard: unknown[] = [];
    listen(async ({ who, event }) => {
      heard.push([who === actor, event.event, await nameOf(db, actor), await eventsOf(db)]);
    });
    await changeWith(db, actor, async (tx) => {
      await rename(tx, actor, "Kim");
      expect(heard).toEqual([]);
      return changed(renamed(actor, "Kim"));
    });
    expect(heard).toEqual([[true, "user.renamed", "Kim", ["user.renamed"]]]);
  });

  it("get no event that was rolled back or still may be", async () => {
    const db = await ownDatabase();
    const actor = await somebody(db);
    const heard: string[] = [];
    listen(({ event }) => void heard.push(event.event));
    const refused = (tx: Db) => recordAlone(tx, actor, renamed(actor, "Kim\u0000"));
    await expect(refused(db)).rejects.toThrow();
    const undone = db.transaction(async (tx) => {
      await recordAlone(tx, actor, renamed(actor, "Kim"));
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await changeWith(db, actor, async () => unchanged());
    expect([heard, await eventsOf(db)]).toEqual([[], []]);
  });

  it("a failing one is logged, and neither the change nor the next one suffers", async () => {
    const db = await ownDatabase();
    const actor = await somebody(db);
    const logged = vi.spyOn(log(), "error").mockImplementation(() => undefined);
    const heard: string[] = [];
    listen(() => Promise.reject(new Error("no mail server")));
    listen(({ event }) => void heard.push(event.event));
    await recordAlone(db, actor, renamed(actor, "Kim"));
    expect([heard, await eventsOf(db)]).toEqual([["user.renamed"], ["user.renamed"]]);
    expect(logged).toHaveBeenCalledWith(
      expect.objectContaining({ event: "user.renamed", requestId: actor.requestId }),
      "an event's subscriber failed",
    );
  });
});
