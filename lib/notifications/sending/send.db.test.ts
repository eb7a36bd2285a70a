import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { credentialGrants, messageAttempts, messageSends, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential, recordCheck } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import type { MailSettings } from "@/lib/mail/settings";
import { chooseChannels } from "@/lib/notifications/mutations";
import { listMessages } from "@/lib/notifications/queries";
import { forgetOldSends } from "@/lib/notifications/retention";
import { tellUnshared } from "@/lib/notifications/telling/sharing";
import { writeMessage } from "@/lib/notifications/writing/write";
import { undoRemoveMember } from "@/lib/teams/leaving/mutations";
import { removeMember } from "@/lib/teams/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
import { failedFor } from "@/lib/testing/messages";
import { grantCredential } from "@/lib/testing/sharing";
import { aTeamOf } from "@/lib/testing/teams";
import { claimSend } from "./queue";
import { sendMessages } from "./send";

const settings = vi.hoisted((): { current: MailSettings | null } => ({ current: null }));
vi.mock("@/lib/mail/settings", () => ({ mailSettings: () => settings.current }));

let processes: [Db, Db];
let db: Db;
let server: TestMailServer;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  server = await startMailServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.answers.clear();
  settings.current = { url: `smtp://127.0.0.1:${server.port}`, from: "latchkey@example.com" };
  await db.delete(messageSends);
});

async function tellSignIn(user: Actor, browser = "Firefox on Linux"): Promise<void> {
  const news = { kind: "new-sign-in", browser } as const;
  await db.transaction((tx) => writeMessage(tx, [user.userId], { eventKey: crypto.randomUUID(), news }));
}

async function oneRound(): Promise<void> {
  for (const id of await sendMessages.findDue(db)) await sendMessages.doOne(db, id);
}

const mailsTo = ({ email }: Actor) => server.mails.filter(({ to }) => to === email);
const statesOf = async ({ userId }: Actor) =>
  (await db.select().from(messageSends).where(eq(messageSends.userId, userId))).map(({ state }) => state);

async function timePasses(): Promise<void> {
  await db.update(messageSends).set({ nextAt: sql`now()` });
}

describe("a message by e-mail", () => {
  it("is sent once by two workers, and by no later round", async () => {
    const user = await somebody(db);
    await tellSignIn(user, "<b>Fire</b>fox");
    const [id = ""] = await sendMessages.findDue(db);
    await Promise.all(processes.flatMap((one) => [sendMessages.doOne(one, id), sendMessages.doOne(one, id)]));
    await timePasses();
    await oneRound();
    expect(mailsTo(user)).toHaveLength(1);
    const data = mailsTo(user)[0]?.data.replaceAll("=\n", "") ?? "";
    expect(data).toContain("to your account: <b>Fire</b>fox");
    expect(data).toContain("&lt;b&gt;Fire&lt;/b&gt;fox");
    expect(data).toContain("/account/notifications");
    expect(await statesOf(user)).toEqual(["sent"]);
  });

  it("is tried eight times, each later, and each is in the log", async () => {
    const user = await somebody(db);
    await tellSignIn(user);
    server.answers.set("RCPT", "451 Try later");
    for (let tries = 0; tries < 10; tries += 1) {
      await oneRound();
      // Nothing is due at once again.
      expect(await sendMessages.findDue(db)).toEqual([]);
      await timePasses();
    }
    expect(await statesOf(user)).toEqual(["failed"]);
    const log = await db.select().from(messageAttempts).where(eq(messageAttempts.userId, user.userId));
    expect(log.map(({ status, failure }) => [status, failure])).toEqual(Array(8).fill([451, "refused"]));
  });

  it("to a recipient whom the mail server does not know is not tried again", async () => {
    const user = await somebody(db);
    await tellSignIn(user);
    server.answers.set("RCPT", "550 No such user");
    await oneRound();
    expect(await statesOf(user)).toEqual(["failed"]);
  });

  it("of a killed worker is sent by another one after its lease", async () => {
    const user = await somebody(db);
    await tellSignIn(user);
    const [id = ""] = await sendMessages.findDue(db);
    expect(await claimSend(db, id)).not.toBeNull();
    await oneRound();
    expect(mailsTo(user)).toEqual([]);
    await timePasses();
    await oneRound();
    expect(mailsTo(user)).toHaveLength(1);
  });

  it("does not reach a disabled account, nor a user whose right has ended meanwhile", async () => {
    const owner = await somebody(db);
    const [disabled, former] = [await somebody(db), await somebody(db)];
    const credentialId = await addCredential(db, owner, aCredential());
    for (const { userId } of [disabled, former]) {
      await grantCredential(db, owner, credentialId, { userId }, "administrator");
    }
    await recordCheck(db, owner, { credentialId, secretVersion: 1 }, failedFor("SECRET_REJECTED"));
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.userId));
    const isFormer = eq(credentialGrants.userId, former.userId);
    await db.update(credentialGrants).set({ endedAt: new Date() }).where(isFormer);
    await oneRound();
    expect([mailsTo(owner).length, mailsTo(disabled).length, mailsTo(former).length]).toEqual([1, 0, 0]);
    expect([...(await statesOf(disabled)), ...(await statesOf(former))]).toEqual(["dropped", "dropped"]);
  });

  it("of an access that was taken is not sent to who has it back meanwhile", async () => {
    const [owner, back, gone] = [await somebody(db), await somebody(db), await somebody(db)];
    for (const user of [back, gone]) {
      await chooseChannels(db, user, [
        { kind: "unshared", channel: "email", isOn: true },
        { kind: "shared", channel: "email", isOn: false },
      ]);
    }
    const credentialId = await addCredential(db, owner, aCredential());
    const teamId = await aTeamOf(db, owner, back, gone);
    for (const { userId, name } of [back, gone]) {
      const granted = {
        thing: { kind: "credential", id: credentialId },
        grantId: crypto.randomUUID(),
        grantee: { kind: "person", id: userId, name },
      } as const;
      await db.transaction((tx) => tellUnshared(tx, owner, granted));
      await removeMember(db, owner, { teamId, userId });
    }
    expect([await statesOf(back), await statesOf(gone)]).toEqual(Array(2).fill(["pending", "pending"]));
    await grantCredential(db, owner, credentialId, { userId: back.userId }, "collaborator");
    await undoRemoveMember(db, owner, { teamId, userId: back.userId });
    await oneRound();
    expect([await statesOf(back), await statesOf(gone)]).toEqual([
      ["dropped", "dropped"],
      ["sent", "sent"],
    ]);
    expect([mailsTo(back).length, mailsTo(gone).length]).toEqual([0, 2]);
  });

  it("is not written without a mail server, so that one that comes later sends nothing old", async () => {
    const user = await somebody(db);
    settings.current = null;
    await tellSignIn(user);
    expect(await statesOf(user)).toEqual([]);
  });
});

describe("a user's choices", () => {
  it("decide where they hear of a kind, and other users keep theirs", async () => {
    const [user, other] = [await somebody(db), await somebody(db)];
    const kind = "new-sign-in";
    const chosen = [
      { kind, channel: "email", isOn: false },
      { kind, channel: "inbox", isOn: false },
    ] as const;
    expect(await chooseChannels(db, user, chosen)).toBe(2);
    expect(await chooseChannels(db, user, chosen)).toBe(0);
    for (const one of [user, other]) await tellSignIn(one);
    expect((await listMessages(db, user, null)).items).toEqual([]);
    expect((await listMessages(db, other, null)).items).toHaveLength(1);
    expect([await statesOf(user), await statesOf(other)]).toEqual([[], ["pending"]]);
    // Only the named channel changes.
    await chooseChannels(db, user, [{ kind, channel: "email", isOn: true }]);
    await tellSignIn(user);
    expect((await listMessages(db, user, null)).items).toEqual([]);
    expect(await statesOf(user)).toEqual(["pending"]);
  });
});

it("sends are forgotten with their attempts after 30 days", async () => {
  const user = await somebody(db);
  await tellSignIn(user);
  await oneRound();
  for (const [days, gone] of [
    [29, 0],
    [31, 1],
  ] as const) {
    await db.update(messageSends).set({ createdAt: sql`now() - ${days} * interval '1 day'` });
    expect(await forgetOldSends(db, 10)).toBe(gone);
  }
  expect(await db.$count(messageAttempts, eq(messageAttempts.userId, user.userId))).toBe(0);
});
