import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { requestAllowances, serverSlots } from "@/drizzle/schema";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { giveBackAllowance, noteAllowance, noteWait, reserveAllowance, takeAllowance } from "./allowance";
import { awaitServerSlot, giveBackServerSlot, renewingSlot, takeServerSlot, withServerSlot } from "./slots";

let processes: [Db, Db];
let db: Db;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
});

let servers = 0;
const aServer = () => {
  servers += 1;
  return `https://bitbucket${servers}.example.com`;
};
const anAccount = () => ({ baseUrl: aServer(), account: "a fingerprint" });

describe("the slots of a server", () => {
  it("are two over all processes, and never more at once", async () => {
    const server = aServer();
    let [atOnce, most] = [0, 0];
    let isSecondThere: () => void = () => undefined;
    const second = new Promise<void>((resolve) => {
      isSecondThere = resolve;
    });
    const work = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      if (atOnce === 2) isSecondThere();
      await second;
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return "done";
    };
    const takers = Array.from({ length: 8 }, (_, at) =>
      withServerSlot(processes[at % 2 ? 1 : 0], server, work, { waitMs: 60_000 }),
    );
    expect(await Promise.all(takers)).toEqual(takers.map(() => "done"));
    expect(most).toBe(2);
  });

  it("of a killed process are free when the lease is over, and what it holds late is not given back twice", async () => {
    const server = aServer();
    const killed = await takeServerSlot(db, server, "run");
    if (!killed) throw new Error("no slot");
    expect(await takeServerSlot(db, server, "run")).not.toBeNull();
    expect(await takeServerSlot(db, server, "run")).toBeNull();
    await db.update(serverSlots).set({ until: sql`clock_timestamp()` }).where(sql`holder = ${killed.holder}`);
    expect(await takeServerSlot(processes[1], server, "run")).toMatchObject({ slot: killed.slot });
    await giveBackServerSlot(db, killed);
    expect(await rowsOf(db, renewingSlot(killed))).toEqual([]);
    expect(await takeServerSlot(db, server, "run")).toBeNull();
  });

  it("are left by a run for a check that waits: the run hears of it with its page", async () => {
    const server = aServer();
    const held = [await takeServerSlot(db, server, "run"), await takeServerSlot(db, server, "run")];
    const check = withServerSlot(processes[1], server, async () => "checked", { waitMs: 60_000 });
    const wanted = async () => {
      for (const slot of held) {
        if (!slot) throw new Error("no slot");
        const [row] = await rowsOf(db, renewingSlot(slot));
        if (row?.is_wanted === true) return slot;
      }
      return null;
    };
    await expect.poll(wanted).not.toBeNull();
    const slot = await wanted();
    if (!slot) throw new Error("no slot is wanted");
    await giveBackServerSlot(db, slot);
    // Another run leaves it alone.
    expect(await takeServerSlot(db, server, "run")).toBeNull();
    expect(await check).toBe("checked");
  });

  it("go from re-checks to a user who waits, though the next re-check would take each at once", async () => {
    const server = aServer();
    const held = [await takeServerSlot(db, server, "recheck"), await takeServerSlot(db, server, "recheck")];
    const check = withServerSlot(processes[1], server, async () => "checked", { waitMs: 60_000 });
    const wanted = async () => {
      const rows = await rowsOf(
        db,
        sql`select holder from server_slots where server = ${server} and wanted_until > clock_timestamp()`,
      );
      return held.find((slot) => slot && rows.some(({ holder }) => holder === slot.holder)) ?? null;
    };
    await expect.poll(wanted).not.toBeNull();
    const slot = await wanted();
    if (!slot) throw new Error("no slot is wanted");
    await giveBackServerSlot(db, slot);
    expect(await takeServerSlot(db, server, "recheck")).toBeNull();
    expect(await check).toBe("checked");
  });

  it("that other checks have make a re-check give up at once; that runs have it waits for, and a left wish too", async () => {
    const once = (server: string) =>
      withServerSlot(processes[1], server, async () => "checked", { kind: "recheck", waitMs: 60_000 });
    const busy = aServer();
    for (const kind of ["recheck", "short"] as const)
      expect(await takeServerSlot(db, busy, kind)).not.toBeNull();
    expect(await once(busy)).toBe("busy");

    const read = aServer();
    const runs = [await takeServerSlot(db, read, "run"), await takeServerSlot(db, read, "run")];
    const asked = once(read);
    const wish = sql`server = ${read} and wanted_until > clock_timestamp()`;
    await expect.poll(() => db.$count(serverSlots, wish)).toBe(1);
    for (const run of runs) if (run) await giveBackServerSlot(db, run);
    expect(await asked).toBe("checked");

    const wished = aServer();
    await takeServerSlot(db, wished, "short");
    await takeServerSlot(db, wished, "short");
    const inMinute = sql`clock_timestamp() + interval '1 minute'`;
    await db
      .update(serverSlots)
      .set({ holder: null, until: null, wantedUntil: inMinute })
      .where(sql`server = ${wished} and slot = 0`);
    expect(await once(wished)).toBe("checked");
  });

  it("that are all in use make a short wait end busy", async () => {
    const server = aServer();
    for (const kind of ["run", "short"] as const)
      expect(await takeServerSlot(db, server, kind)).not.toBeNull();
    expect(await withServerSlot(db, server, async () => "done", { waitMs: 0 })).toBe("busy");
    expect(await awaitServerSlot(db, server, "run", 0)).toBeNull();
  });
});

describe("an account's allowance", () => {
  it("allows every call while no limit is known", async () => {
    const account = anAccount();
    expect(await takeAllowance(db, account)).toEqual({ ok: true });
    await noteAllowance(db, account, null);
    await noteAllowance(db, account, { kind: "unlimited" });
    expect(await takeAllowance(db, account)).toEqual({ ok: true });
  });

  it("is taken once, whichever processes ask, and says how long to wait for more", async () => {
    const account = anAccount();
    await noteAllowance(db, account, { kind: "limited", atOnce: 25, perSecond: 0.001 });
    // A check has used up 15.
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, at) => takeAllowance(processes[at % 2 ? 1 : 0], account)),
    );
    expect(taken.filter(({ ok }) => ok)).toHaveLength(10);
    const refused = await takeAllowance(db, account);
    expect(refused.ok ? 0 : refused.waitMs).toBeGreaterThan(900_000);
  });

  it("that a check reserves is paid back before others go on", async () => {
    const account = anAccount();
    await noteAllowance(db, account, { kind: "limited", atOnce: 20, perSecond: 0.01 });
    expect(await reserveAllowance(db, account, 15)).toBeGreaterThan(900_000);
    const refused = await takeAllowance(db, account);
    expect(refused.ok ? 0 : refused.waitMs).toBeGreaterThan(1_000_000);
  });

  it("that a check reserved and did not use comes back", async () => {
    const account = anAccount();
    await noteAllowance(db, account, { kind: "limited", atOnce: 20, perSecond: 0.01 });
    await reserveAllowance(db, account, 15);
    await giveBackAllowance(db, account, 15);
    const taken = await Promise.all(Array.from({ length: 6 }, () => takeAllowance(db, account)));
    expect(taken.filter(({ ok }) => ok)).toHaveLength(5);
  });

  it("is blocked for everybody as long as the server asked, an hour at most", async () => {
    const account = anAccount();
    await noteWait(db, account, 30);
    await noteWait(processes[1], account, 5);
    const refused = await takeAllowance(db, account);
    expect(refused.ok ? 0 : refused.waitMs).toBeGreaterThan(25_000);
    await noteWait(db, account, 86_400);
    const long = await takeAllowance(db, account);
    expect(long.ok ? 0 : long.waitMs).toBeLessThanOrEqual(3_600_000);
    await db.update(requestAllowances).set({ blockedUntil: null }).where(sql`base_url = ${account.baseUrl}`);
    expect(await takeAllowance(db, account)).toEqual({ ok: true });
  });
});
