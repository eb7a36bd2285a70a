import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import type { MailSettings } from "@/lib/mail/settings";
import { addTeamMail, removeTeamMail } from "@/lib/notifications/team-mail/mutations";
import { findTeamMail } from "@/lib/notifications/team-mail/queries";
import { listTeamAttempts } from "@/lib/notifications/webhooks/queries";
import { somebody } from "@/lib/testing/actors";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
import { aTeamOf } from "@/lib/testing/teams";
import { sendNow } from "./send-now";

const given = vi.hoisted((): { mail: MailSettings | null } => ({ mail: null }));
vi.mock("@/lib/mail/settings", () => ({ mailSettings: () => given.mail }));

let db: Db;
let server: TestMailServer;
beforeAll(async () => {
  [db] = await ownDatabaseOfTwo();
  server = await startMailServer();
  given.mail = { url: `smtp://127.0.0.1:${server.port}`, from: "latchkey@example.com" };
});
afterAll(() => server.close());
beforeEach(() => {
  server.beforeTaken = async () => undefined;
});

async function aQueuedMail(): Promise<{ owner: Actor; teamId: string; sendId: string }> {
  const owner = await somebody(db);
  const teamId = await aTeamOf(db, owner);
  const sendId = await addTeamMail(db, owner, { teamId, email: "team@lists.example.com" });
  return { owner, teamId, sendId };
}

describe("what a form sends at once", () => {
  it("is sent when the form is answered, and once", async () => {
    const { owner, teamId, sendId } = await aQueuedMail();
    for (const _ of [1, 2]) expect(await sendNow(db, owner, sendId)).toEqual({ isUnderWay: false });
    expect(await listTeamAttempts(db, owner, teamId)).toMatchObject([{ status: 250, failure: null }]);
  });

  it("does not keep the form waiting for a silent server, and goes on", async () => {
    const { owner, teamId, sendId } = await aQueuedMail();
    let answer = () => {};
    server.beforeTaken = () => new Promise<void>((resolve) => (answer = resolve));
    expect(await sendNow(db, owner, sendId, 1)).toEqual({ isUnderWay: true });
    expect(await listTeamAttempts(db, owner, teamId)).toEqual([]);
    // By now it may still be on its way to the server.
    await vi.waitUntil(() => server.mails.length === 2, { timeout: 60_000 });
    answer();
    await vi.waitUntil(async () => (await listTeamAttempts(db, owner, teamId)).length > 0, {
      timeout: 60_000,
    });
    expect(await listTeamAttempts(db, owner, teamId)).toMatchObject([{ status: 250, failure: null }]);
  });

  it("is no failure of the form when the address is removed meanwhile", async () => {
    const { owner, teamId, sendId } = await aQueuedMail();
    server.beforeTaken = () => removeTeamMail(db, owner, teamId);
    expect(await sendNow(db, owner, sendId)).toEqual({ isUnderWay: false });
    expect(await findTeamMail(db, owner, teamId)).toBeNull();
  });

  it("is no failure of the form when the attempt cannot be recorded: it stays on its way", async () => {
    const { owner, teamId, sendId } = await aQueuedMail();
    await db.execute(sql`alter table message_attempts add constraint broken check (false) not valid`);
    expect(await sendNow(db, owner, sendId)).toEqual({ isUnderWay: true });
    expect(await findTeamMail(db, owner, teamId)).not.toBeNull();
    await db.execute(sql`alter table message_attempts drop constraint broken`);
  });
});
