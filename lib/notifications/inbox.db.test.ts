import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { messages, serverOutages, servers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { findLiveSession, openSession } from "@/lib/auth/sessions";
import type { Db } from "@/lib/db/types";
import { parseStart } from "@/lib/paging";
import { credentialPath, transferPath } from "@/lib/paths";
import { liveGrants } from "@/lib/sharing/grant-rows";
import { revoke, share } from "@/lib/sharing/mutations";
import { somebody } from "@/lib/testing/actors";
import { ownDatabaseOfTwo, withRollback } from "@/lib/testing/database";
import { aSharedThing } from "@/lib/testing/sharing";
import { offerTransfer } from "@/lib/transfers/mutations";
import { markRead } from "./mutations";
import { listMessages } from "./queries";
import { forgetOldMessages, forgetOldOutages } from "./retention";
import { writeMessage } from "./writing/write";

function tell(db: Db, user: Actor, eventKey: string): Promise<void> {
  const news = { kind: "new-sign-in", browser: null } as const;
  return db.transaction((tx) => writeMessage(tx, [user.userId], { eventKey, news }));
}

async function unreadOf(db: Db, user: Actor): Promise<number | undefined> {
  return (await findLiveSession(db, await openSession(db, user.userId)))?.unreadMessages;
}

describe("a message", () => {
  it("is written once per event and user, by two processes, too", async () => {
    const [one, other] = await ownDatabaseOfTwo();
    const user = await somebody(one);
    await Promise.all([tell(one, user, "event"), tell(other, user, "event"), tell(one, user, "event")]);
    await tell(other, user, "another event");
    expect(await one.$count(messages)).toBe(2);
  });

  it("is rolled back with what it tells of", () =>
    withRollback(async (db) => {
      const user = await somebody(db);
      const undone = new Error("undone");
      const failing = db.transaction(async (tx) => {
        const news = { kind: "new-sign-in", browser: null } as const;
        await writeMessage(tx, [user.userId], { eventKey: "event", news });
        throw undone;
      });
      await expect(failing).rejects.toBe(undone);
      expect(await db.$count(messages)).toBe(0);
    }));
});

describe("the inbox", () => {
  it("shows the reader's own messages, newest first, page by page", () =>
    withRollback(async (db) => {
      const [reader, other] = [await somebody(db), await somebody(db)];
      await tell(db, other, "other");
      for (let number = 0; number < 35; number += 1) await tell(db, reader, `event ${number}`);
      const ages = sql`clock_timestamp() - cast(substring(${messages.eventKey} from '[0-9]+') as int) * interval '1 hour'`;
      await db.update(messages).set({ createdAt: ages }).where(eq(messages.userId, reader.userId));
      const first = await listMessages(db, reader, null);
      const second = await listMessages(db, reader, parseStart({ after: first.next ?? "" }));
      expect([first.items.length, second.items.length, second.next]).toEqual([30, 5, null]);
      const times = [...first.items, ...second.items].map(({ at }) => at);
      expect(times).toEqual([...times].sort().reverse());
      expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(35);
    }));

  it("marks as read what its page showed, and nothing that came later or is another user's", () =>
    withRollback(async (db) => {
      const [reader, other] = [await somebody(db), await somebody(db)];
      await tell(db, reader, "shown");
      await tell(db, other, "another user's");
      const { items } = await listMessages(db, reader, null);
      await tell(db, reader, "later");
      await db
        .update(messages)
        .set({ createdAt: sql`clock_timestamp() + interval '1 second'` })
        .where(eq(messages.eventKey, "later"));
      expect(await unreadOf(db, reader)).toBe(2);
      expect(await markRead(db, reader, { until: items[0]?.at ?? "" })).toBe(1);
      expect(await markRead(db, reader, { until: items[0]?.at ?? "" })).toBe(0);
      expect(await unreadOf(db, reader)).toBe(1);
      expect((await listMessages(db, reader, null)).items.map(({ isUnread }) => isUnread)).toEqual([
        true,
        false,
      ]);
      expect(await unreadOf(db, other)).toBe(1);
    }));

  it("counts unread messages up to a hundred", () =>
    withRollback(async (db) => {
      const reader = await somebody(db);
      for (let number = 0; number < 103; number += 1) await tell(db, reader, `event ${number}`);
      expect(await unreadOf(db, reader)).toBe(100);
    }));

  it("links only to what the reader may see now", () =>
    withRollback(async (db) => {
      const { owner, thing } = await aSharedThing(db, "credential");
      const reader = await somebody(db);
      const grantee = { kind: "person", id: reader.userId } as const;
      await share(db, owner, { ...thing, grantee, role: "collaborator" });
      const linksNow = async () =>
        (await listMessages(db, reader, null)).items.map(({ link }) => link?.href ?? null);
      expect(await linksNow()).toEqual([credentialPath(thing.id)]);

      const [grant] = await liveGrants(db, thing);
      await revoke(db, owner, { ...thing, grantId: grant?.id ?? "" });
      expect(await linksNow()).toEqual([null, null]);
      await offerTransfer(db, owner, { credentialId: thing.id, toUserId: reader.userId });
      expect(await linksNow()).toContain(transferPath(thing.id));
    }));
});

it("messages and ended outages are forgotten after a year, and none before", () =>
  withRollback(async (db) => {
    await aSharedThing(db, "credential");
    const reader = await somebody(db);
    const [server] = await db.select({ id: servers.id }).from(servers);
    for (const daysAgo of [366, 366, 364]) {
      const then = sql`now() - ${daysAgo} * interval '1 day'`;
      await tell(db, reader, `${daysAgo} ${crypto.randomUUID()}`);
      await db
        .update(messages)
        .set({ createdAt: then })
        .where(sql`${messages.createdAt} > now() - interval '1 day'`);
      await db.insert(serverOutages).values({ serverId: server?.id ?? "", openedAt: then, closedAt: then });
    }
    for (const [table, forget] of [
      [messages, forgetOldMessages],
      [serverOutages, forgetOldOutages],
    ] as const) {
      expect(await forget(db, 1)).toBe(1);
      expect(await forget(db, 10)).toBe(1);
      expect(await forget(db, 10)).toBe(0);
      expect(await db.$count(table)).toBe(1);
    }
  }));
