import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { messageAttempts, messageSends } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import type { MailSettings } from "@/lib/mail/settings";
import { addTeamMail, removeTeamMail, requestMailTest } from "@/lib/notifications/team-mail/mutations";
import { addWebhook, removeWebhook, requestTest } from "@/lib/notifications/webhooks/mutations";
import { findTeamWebhook, findWebhook, listTeamAttempts } from "@/lib/notifications/webhooks/queries";
import { somebody } from "@/lib/testing/actors";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
import { aTeamOf } from "@/lib/testing/teams";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/webhook-receiver";
import { sendMessages } from "./send";

const given = vi.hoisted((): { mail: MailSettings | null; authorities: string[] } => ({
  mail: null,
  authorities: [],
}));
vi.mock("@/lib/mail/settings", () => ({ mailSettings: () => given.mail }));
vi.mock("@/lib/portal/egress", () => ({
  egressLimits: () => ({}),
  egressPolicy: () => ({ mode: "open", allow: [], loopback: true, caCertificates: given.authorities }),
}));

let db: Db;
let mail: TestMailServer;
let receiver: WebhookReceiver;
beforeAll(async () => {
  [db] = await ownDatabaseOfTwo();
  [mail, receiver] = [await startMailServer(), await startWebhookReceiver()];
  given.mail = { url: `smtp://127.0.0.1:${mail.port}`, from: "latchkey@example.com" };
  given.authorities.push(receiver.authority);
});
afterAll(() => Promise.all([mail.close(), receiver.close()]));

/** Sends what is due, while this happens between what is sent and its answer; what it does must have happened. */
async function sendWhile(happens: () => Promise<unknown>): Promise<void> {
  const isDone = vi.fn();
  const once = async () => {
    mail.beforeTaken = receiver.beforeAnswer = async () => undefined;
    await happens();
    isDone();
  };
  mail.beforeTaken = receiver.beforeAnswer = once;
  for (const id of await sendMessages.findDue(db)) await sendMessages.doOne(db, id);
  expect(isDone).toHaveBeenCalledOnce();
}

const countOf = (teamId: string) =>
  Promise.all([
    db.$count(messageSends, eq(messageSends.teamId, teamId)),
    db.$count(messageAttempts, eq(messageAttempts.teamId, teamId)),
  ]);

async function aTeam(): Promise<{ owner: Actor; teamId: string }> {
  const owner = await somebody(db);
  return { owner, teamId: await aTeamOf(db, owner) };
}

describe("what is removed while the receiver still thinks", () => {
  it("is a team's e-mail address: nothing fails, and nothing of it stays", async () => {
    const { owner, teamId } = await aTeam();
    await addTeamMail(db, owner, { teamId, email: "team@lists.example.com" });
    await sendWhile(() => removeTeamMail(db, owner, teamId));
    expect(await countOf(teamId)).toEqual([0, 0]);
  });

  it("is an address in whose place another one comes: only that one's first e-mail is in the log", async () => {
    const { owner, teamId } = await aTeam();
    await addTeamMail(db, owner, { teamId, email: "team@lists.example.com" });
    await sendWhile(() => addTeamMail(db, owner, { teamId, email: "other@lists.example.com" }));
    expect(await countOf(teamId)).toEqual([1, 0]);
    await sendWhile(() => requestMailTest(db, owner, teamId));
    expect(await listTeamAttempts(db, owner, teamId)).toHaveLength(1);
  });

  it("is a team's webhook, or a user's own: nothing fails, and nothing of it stays", async () => {
    const { owner, teamId } = await aTeam();
    await addWebhook(db, owner, { address: receiver.address, teamId });
    const ofTeam = (await findTeamWebhook(db, owner, teamId))?.id ?? "";
    await requestTest(db, owner, ofTeam);
    await sendWhile(() => removeWebhook(db, owner, ofTeam));
    expect(await countOf(teamId)).toEqual([0, 0]);

    await addWebhook(db, owner, { address: receiver.address });
    await requestTest(db, owner, (await findWebhook(db, owner))?.id ?? "");
    // In its place comes another one, of which nothing was asked.
    receiver.status = 500;
    await sendWhile(() => addWebhook(db, owner, { address: receiver.address }));
    expect(await db.$count(messageSends, eq(messageSends.userId, owner.userId))).toBe(0);
    expect(await findWebhook(db, owner)).toMatchObject({ failingSince: null });
  });
});
