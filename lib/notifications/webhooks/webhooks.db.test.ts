import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { auditEvents, messageSends, webhooks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { chooseChannels } from "@/lib/notifications/mutations";
import { attemptSend } from "@/lib/notifications/sending/attempt";
import { claimSend } from "@/lib/notifications/sending/queue";
import { sendMessages } from "@/lib/notifications/sending/send";
import { writeMessage } from "@/lib/notifications/writing/write";
import { somebody } from "@/lib/testing/actors";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { kindsOf } from "@/lib/testing/messages";
import { isSignedWith, startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/webhook-receiver";
import { addWebhook, removeWebhook, requestTest } from "./mutations";
import { findWebhook, listAttempts } from "./queries";

const authorities = vi.hoisted((): string[] => []);
vi.mock("@/lib/portal/egress", () => ({
  egressLimits: () => ({}),
  egressPolicy: () => ({ mode: "open", allow: [], loopback: true, caCertificates: authorities }),
}));

let processes: [Db, Db];
let db: Db;
let receiver: WebhookReceiver;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  receiver = await startWebhookReceiver();
  authorities.push(receiver.authority);
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.posted.length = 0;
  receiver.status = 204;
});

async function withWebhook(): Promise<{ user: Actor; secret: string }> {
  const user = await somebody(db);
  const secret = await addWebhook(db, user, receiver);
  return { user, secret: secret.use((text) => text) };
}

async function idOf(user: Actor): Promise<string> {
  return (await findWebhook(db, user))?.id ?? "";
}

async function tellSignIn(user: Actor, browser = "Firefox on Linux"): Promise<void> {
  const news = { kind: "new-sign-in", browser } as const;
  await db.transaction((tx) => writeMessage(tx, [user.userId], { eventKey: crypto.randomUUID(), news }));
}

async function oneRound(): Promise<void> {
  for (const id of await sendMessages.findDue(db)) await sendMessages.doOne(db, id);
}

async function timePasses({ userId }: Actor, days = 0): Promise<void> {
  const isTheirs = eq(messageSends.userId, userId);
  await db.update(messageSends).set({ nextAt: sql`now()` }).where(isTheirs);
  const since = sql`${webhooks.failingSince} - ${days} * interval '1 day'`;
  await db.update(webhooks).set({ failingSince: since }).where(eq(webhooks.userId, userId));
}

describe("a message by webhook", () => {
  it("is posted once by two workers, signed, with what it tells and no secret", async () => {
    const { user, secret } = await withWebhook();
    await tellSignIn(user);
    const [id = ""] = await sendMessages.findDue(db);
    await Promise.all(processes.flatMap((one) => [sendMessages.doOne(one, id), sendMessages.doOne(one, id)]));
    await timePasses(user);
    await oneRound();
    expect(receiver.posted).toHaveLength(1);
    const [posted = { headers: {}, body: "" }] = receiver.posted;
    expect(isSignedWith(secret, posted)).toBe(true);
    expect(isSignedWith(secret, { ...posted, body: `${posted.body} ` })).toBe(false);
    const message = JSON.parse(posted.body);
    expect(message).toMatchObject({
      type: "new-sign-in",
      data: {
        title: "New sign-in to your account: Firefox on Linux",
        facts: { browser: "Firefox on Linux" },
      },
    });
    expect(posted.headers["webhook-id"]).toBe(`msg_${message.data.id}`);
    expect(message.data.url).toMatch(/^https?:\/\/.*\/account$/);
    expect(posted.body).not.toContain("whsec_");
    expect(await listAttempts(db, user)).toMatchObject([
      { channel: "webhook", kind: "new-sign-in", status: 204, failure: null, nextAt: null },
    ]);
  });

  it("that is not accepted is posted again later, with the same id and body", async () => {
    const { user } = await withWebhook();
    await tellSignIn(user);
    for (const status of [500, 302, 200]) {
      receiver.status = status;
      await oneRound();
      expect(await sendMessages.findDue(db)).toEqual([]);
      await timePasses(user);
    }
    await oneRound();
    expect(receiver.posted).toHaveLength(3);
    expect(new Set(receiver.posted.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(receiver.posted.map(({ body }) => body)).size).toBe(1);
    const log = await listAttempts(db, user);
    expect(log.map(({ status, failure }) => [status, failure])).toEqual([
      [200, null],
      [302, "not-accepted"],
      [500, "not-accepted"],
    ]);
    expect(await findWebhook(db, user)).toMatchObject({ failingSince: null, stoppedFor: null });
  });

  it("is not posted for kinds that the user turned off, nor to a user without a webhook", async () => {
    const { user } = await withWebhook();
    await chooseChannels(db, user, [{ kind: "new-sign-in", channel: "webhook", isOn: false }]);
    await tellSignIn(user);
    await tellSignIn(await somebody(db));
    await oneRound();
    expect(receiver.posted).toEqual([]);
  });
});

describe("a webhook is stopped, and its user told,", () => {
  it("when its receiver says that it is gone", async () => {
    const { user } = await withWebhook();
    receiver.status = 410;
    await tellSignIn(user);
    await tellSignIn(user);
    await oneRound();
    await timePasses(user);
    await oneRound();
    expect(receiver.posted).toHaveLength(1);
    expect(await findWebhook(db, user)).toMatchObject({ stoppedFor: "gone" });
    expect(await kindsOf(db, user)).toEqual(["new-sign-in", "new-sign-in", "webhook-stopped"]);
    const stopped = eq(auditEvents.event, "user.webhook-stopped");
    expect(await db.$count(auditEvents, stopped)).toBe(1);
    await expect(requestTest(db, user, await idOf(user))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await tellSignIn(user);
    await oneRound();
    expect(receiver.posted).toHaveLength(1);
  });

  it("when nothing has arrived for five days, and not before", async () => {
    const { user } = await withWebhook();
    receiver.status = 503;
    await tellSignIn(user);
    await oneRound();
    await timePasses(user, 4);
    await oneRound();
    expect(await findWebhook(db, user)).toMatchObject({ stoppedFor: null });
    await timePasses(user, 1);
    await oneRound();
    expect(await findWebhook(db, user)).toMatchObject({ stoppedFor: "failing" });
    expect(await kindsOf(db, user)).toContain("webhook-stopped");
    expect((await listAttempts(db, user)).map(({ nextAt }) => nextAt)).toEqual([null, null, null]);
  });
});

describe("a test", () => {
  it("is posted at once, signed, and not again", async () => {
    const { user, secret } = await withWebhook();
    receiver.status = 500;
    const claimed = await claimSend(db, (await requestTest(db, user, await idOf(user))).sendId);
    if (!claimed) throw new Error("not claimed");
    await attemptSend(db, user, claimed);
    await timePasses(user);
    await oneRound();
    expect(receiver.posted).toHaveLength(1);
    expect(receiver.posted.every((posted) => isSignedWith(secret, posted))).toBe(true);
    expect(await listAttempts(db, user)).toMatchObject([
      { kind: null, status: 500, failure: "not-accepted", nextAt: null },
    ]);
  });
});

describe("the address and secret of a webhook", () => {
  it.each([
    ["hooks", "Enter a whole address"],
    ["ftp://hooks.example.com", "https://"],
    ["https://user:password@hooks.example.com", "Leave user name and password out"],
    ["https://169.254.169.254/latest", "does not call this address"],
    ["https://hooks.example.com:22/", "does not call this port"],
  ])("is refused for %s", async (typed, message) => {
    const adding = addWebhook(db, await somebody(db), { address: typed });
    await expect(adding).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fieldErrors: { address: expect.stringContaining(message) },
    });
  });

  it("are stored sealed, and another address gets another secret", async () => {
    const { user, secret } = await withWebhook();
    const [row] = await db.select().from(webhooks).where(eq(webhooks.userId, user.userId));
    expect(row?.sealed.toString("latin1")).not.toContain(secret.slice(6, 20));
    const other = await addWebhook(db, user, receiver);
    expect(other.use((text) => text)).not.toBe(secret);
    expect(await db.$count(webhooks, eq(webhooks.userId, user.userId))).toBe(1);
  });

  it("do not open for an address that was edited in the database: nothing is sent", async () => {
    const { user } = await withWebhook();
    await db
      .update(webhooks)
      .set({ address: receiver.address.replace("127.0.0.1", "localhost") })
      .where(eq(webhooks.userId, user.userId));
    await tellSignIn(user);
    const [id = ""] = await sendMessages.findDue(db);
    await expect(sendMessages.doOne(db, id)).rejects.toMatchObject({ name: "SealError" });
    expect(receiver.posted).toEqual([]);
    await db.delete(messageSends);
  });

  it("are gone after the removal, with what waited", async () => {
    const { user } = await withWebhook();
    const webhookId = await idOf(user);
    await tellSignIn(user);
    await expect(removeWebhook(db, await somebody(db), webhookId)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await removeWebhook(db, user, webhookId);
    await oneRound();
    expect(receiver.posted).toEqual([]);
    expect(await findWebhook(db, user)).toBeNull();
    await expect(removeWebhook(db, user, webhookId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { userId } = user;
    const details = eq(auditEvents.subjectId, userId);
    expect(JSON.stringify(await db.select().from(auditEvents).where(details))).not.toContain("token");
  });
});
