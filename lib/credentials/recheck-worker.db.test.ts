import { EventEmitter, once } from "node:events";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { checkSchedules } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { postponeChecks } from "./checks/schedule";
import { addCredential } from "./mutations";
import type { RecheckResult, ServerBusy } from "./recheck";
import { recheckUntil } from "./recheck-worker";

let processes: [Db, Db];
let owner: Actor;
let made = 0;

beforeEach(async () => {
  processes ??= await ownDatabaseOfTwo();
  owner ??= await ownerOfCredentials(processes[0]);
  await processes[0].update(checkSchedules).set({ dueAt: null });
});

/** So many due credentials of a server; returns their ids. */
async function due(server: string, count: number): Promise<string[]> {
  const [db] = processes;
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    made += 1;
    const baseUrl = baseUrlAt(`https://${server}.example.com`);
    ids.push(await addCredential(db, owner, aCredential({ name: `Due ${made}`, baseUrl })));
  }
  const longAgo = sql`clock_timestamp() - interval '1 hour'`;
  for (const id of ids) {
    await db.update(checkSchedules).set({ dueAt: longAgo }).where(sql`credential_id = ${id}`);
  }
  return ids;
}

/** Works with these processes until `enough`; checks are those of `checkOne`. */
async function work(
  dbs: readonly Db[],
  checkOne: (credentialId: string, onSlotFree: () => void, process: number) => Promise<unknown>,
  enough: () => void | Promise<void>,
): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const workers = dbs.map((db, process) =>
    recheckUntil(db, {
      ...{ signal, pollMs: 200 },
      checkOne: async (_db, id, { onSlotFree }): Promise<RecheckResult> =>
        busyOr(await checkOne(id, onSlotFree, process)),
    }),
  );
  try {
    await enough();
  } finally {
    stopping.abort();
    await Promise.all(workers);
  }
}

function busyOr(result: unknown): RecheckResult {
  return result === "share-used-up" || result === "slots-taken" ? result : "done";
}

const dueCount = () =>
  processes[0].$count(checkSchedules, sql`due_at is not null and due_at <= clock_timestamp()`);

describe("due checks", () => {
  it("are made once each by two workers, two at a time per server in each, with all servers side by side", async () => {
    const servers = { a: await due("a", 23), b: await due("b", 11), c: await due("c", 1) };
    const all = Object.values(servers).flat();
    const serverOf = new Map(
      Object.entries(servers).flatMap(([name, ids]) => ids.map((id) => [id, name] as const)),
    );
    const done: string[] = [];
    const underWay = new Map<string, number>();
    const most = new Map<string, number>();
    const checkOne = async (id: string) => {
      const server = serverOf.get(id) ?? "";
      const now = (underWay.get(server) ?? 0) + 1;
      underWay.set(server, now);
      most.set(server, Math.max(most.get(server) ?? 0, now));
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay.set(server, (underWay.get(server) ?? 0) - 1);
      done.push(id);
    };
    await work(processes, checkOne, () =>
      expect.poll(() => done.length, { timeout: 20_000 }).toBe(all.length),
    );
    expect(done.toSorted()).toEqual(all.toSorted());
    expect(most.get("a")).toBeLessThanOrEqual(2 * processes.length);
    expect(most.get("a")).toBeGreaterThanOrEqual(2);
  });

  it("of a server that hangs hold up no other, and more of them wait in the database", async () => {
    const hanging = await due("hangs", 40);
    const quick = await due("quick", 30);
    const gate = new EventEmitter();
    const opened = once(gate, "open");
    const done: string[] = [];
    const begun: string[] = [];
    const checkOne = async (id: string) => {
      begun.push(id);
      if (hanging.includes(id)) await opened;
      done.push(id);
    };
    await work([processes[0]], checkOne, async () => {
      await expect.poll(() => done.length, { timeout: 20_000 }).toBe(quick.length);
      expect(begun.filter((id) => hanging.includes(id))).toHaveLength(2);
      expect(await dueCount()).toBeGreaterThanOrEqual(hanging.length - 16);
      gate.emit("open");
      await expect.poll(() => done.length, { timeout: 20_000 }).toBe(quick.length + hanging.length);
    });
    expect(new Set(done).size).toBe(done.length);
  });

  it("begin while the records of answered ones are written, and the work ends when those are", async () => {
    const ids = await due("answers", 5);
    const gate = new EventEmitter();
    const opened = once(gate, "open");
    let [atServer, most, written] = [0, 0, 0];
    const begun: string[] = [];
    const checkOne = async (id: string, onSlotFree: () => void) => {
      begun.push(id);
      atServer += 1;
      most = Math.max(most, atServer);
      await new Promise((resolve) => setTimeout(resolve, 5));
      atServer -= 1;
      onSlotFree();
      await opened;
      written += 1;
    };
    await work([processes[0]], checkOne, async () => {
      await expect.poll(() => begun.length, { timeout: 20_000 }).toBe(ids.length);
      expect([most, written]).toEqual([2, 0]);
      setTimeout(() => gate.emit("open"), 20);
    });
    expect(written).toBe(ids.length);
  });

  it("of more servers than have room at once are all made, in turn", async () => {
    const names = Array.from({ length: 30 }, (_, at) => `many-${at}`);
    const serverOf = new Map<string, string>();
    for (const name of names) for (const id of await due(name, 3)) serverOf.set(id, name);
    const begun: string[] = [];
    const checkOne = async (id: string) => {
      begun.push(serverOf.get(id) ?? "");
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await work([processes[0]], checkOne, () =>
      expect.poll(() => begun.length, { timeout: 20_000 }).toBe(serverOf.size),
    );
    // 40 at once: the 20 places that come free first go to the servers that had none.
    expect(new Set(begun.slice(0, 60)).size).toBe(names.length);
  });

  it("of a server that has had its share wait a minute in the database, and the others go on", async () => {
    const busy = await due("busy", 20);
    const others = await due("others", 20);
    const begun: string[] = [];
    const checkOne = async (id: string) => {
      begun.push(id);
      return busy.includes(id) ? ("share-used-up" as const) : undefined;
    };
    await work([processes[0]], checkOne, async () => {
      await expect
        .poll(() => begun.filter((id) => others.includes(id)).length, { timeout: 20_000 })
        .toBe(others.length);
    });
    expect(begun.filter((id) => busy.includes(id))).toHaveLength(2);
    // Of the 8 that were claimed, 6 were put off; the stub put off none of the 2 itself, and the rest was never claimed.
    const [db] = processes;
    const inMinute = sql`due_at > clock_timestamp() + interval '50 seconds' and due_at < clock_timestamp() + interval '70 seconds'`;
    expect(await db.$count(checkSchedules, inMinute)).toBe(6);
    expect(await dueCount()).toBe(busy.length - 8);
  });

  it("whose server is taken by another process are given back to that one, and made by it at once", async () => {
    const ids = await due("taken", 24);
    const [waiting] = processes;
    const made: string[] = [];
    const checkOne = async (
      id: string,
      _onSlotFree: () => void,
      process: number,
    ): Promise<ServerBusy | undefined> => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (process === 0) {
        await postponeChecks(waiting, [id], 0);
        return "slots-taken";
      }
      made.push(id);
      return undefined;
    };
    await work(processes, checkOne, () =>
      expect.poll(() => made.length, { timeout: 20_000 }).toBe(ids.length),
    );
    expect(made.toSorted()).toEqual(ids.toSorted());
  });

  it("go on one at a time at a server of which another process has the other slot", async () => {
    const ids = await due("halved", 6);
    const [db] = processes;
    const made: string[] = [];
    let [underWay, refused] = [0, 0];
    const checkOne = async (id: string): Promise<ServerBusy | undefined> => {
      if (underWay === 1) {
        refused += 1;
        await postponeChecks(db, [id], 0);
        return "slots-taken";
      }
      underWay += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      underWay -= 1;
      made.push(id);
      return undefined;
    };
    // Sooner than the time for which a server is left alone.
    await work([db], checkOne, () => expect.poll(() => made.length, { timeout: 4_000 }).toBe(ids.length));
    expect(refused).toBe(1);
  });

  it("that are under way when the work ends are finished; those that were only claimed are due at once", async () => {
    await due("stopped", 12);
    const gate = new EventEmitter();
    const opened = once(gate, "open");
    const [begun, done]: string[][] = [[], []];
    const checkOne = async (id: string) => {
      begun?.push(id);
      await opened;
      done?.push(id);
    };
    await work([processes[0]], checkOne, async () => {
      await expect.poll(() => begun?.length, { timeout: 10_000 }).toBe(2);
      setTimeout(() => gate.emit("open"), 300);
    });
    expect(done).toHaveLength(2);
    expect(await dueCount()).toBe(10);
  });

  it("that become due later are found, and one that fails stops nothing", async () => {
    const [bad] = await due("later", 1);
    const tried: string[] = [];
    const checkOne = async (id: string) => {
      tried.push(id);
      if (id === bad) throw new Error("no database");
    };
    await work([processes[0]], checkOne, async () => {
      await expect.poll(() => tried, { timeout: 10_000 }).toEqual([bad]);
      const more = await due("later", 3);
      await expect.poll(() => tried.toSorted(), { timeout: 10_000 }).toEqual([bad, ...more].toSorted());
    });
  });
});
