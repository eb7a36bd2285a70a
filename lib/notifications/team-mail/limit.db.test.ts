import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import type { MailSettings } from "@/lib/mail/settings";
import { sendMessages } from "@/lib/notifications/sending/send";
import { listTeamAttempts } from "@/lib/notifications/webhooks/queries";
import { writeToTeams } from "@/lib/notifications/writing/write-to-teams";
import { mailedAddressLimit, tryConsume } from "@/lib/rate-limit";
import { somebody } from "@/lib/testing/actors";
import { aCredential } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
import { grantCredential } from "@/lib/testing/sharing";
import { aTeamOf } from "@/lib/testing/teams";
import { addTeamMail, requestMailTest } from "./mutations";

const given = vi.hoisted((): { mail: MailSettings | null } => ({ mail: null }));
vi.mock("@/lib/mail/settings", () => ({ mailSettings: () => given.mail }));

let processes: [Db, Db];
let db: Db;
let server: TestMailServer;
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
  db = processes[0];
  server = await startMailServer();
  given.mail = { url: `smtp://127.0.0.1:${server.port}`, from: "latchkey@example.com" };
});
afterAll(() => server.close());

async function aTeamWith(email: string): Promise<{ owner: Actor; teamId: string }> {
  const owner = await somebody(db);
  const teamId = await aTeamOf(db, owner);
  await addTeamMail(db, owner, { teamId, email });
  return { owner, teamId };
}

async function oneRound(one = db): Promise<void> {
  for (const id of await sendMessages.findDue(one)) await sendMessages.doOne(one, id);
}

async function useUp(email: string, points: number): Promise<void> {
  for (let used = 0; used < points; used += 1) await tryConsume(db, mailedAddressLimit, email);
}

const mailsTo = (address: string) => server.mails.filter(({ to }) => to === address).length;

describe("a team's e-mail address", () => {
  it("gets no more than its e-mails of an hour, of all teams and processes, and the log says so", async () => {
    const address = "stranger@example.com";
    await useUp(address, mailedAddressLimit.points - 1);
    await aTeamWith(address);
    await oneRound(processes[1]);
    expect(mailsTo(address)).toBe(1);
    const { owner, teamId } = await aTeamWith("Stranger@example.com");
    await oneRound();
    const credentialId = await addCredential(db, owner, aCredential());
    await grantCredential(db, owner, credentialId, { teamId }, "collaborator");
    const news = { kind: "credential-rejected", name: "Own words", server: "https://example.com" } as const;
    await db.transaction((tx) =>
      writeToTeams(tx, [teamId], { eventKey: "one", news, about: { credentialId } }),
    );
    await oneRound();
    expect(server.mails).toHaveLength(1);
    expect(await listTeamAttempts(db, owner, teamId)).toMatchObject([
      { kind: "credential-rejected", failure: "over-limit", status: null, nextAt: null },
      { kind: null, failure: "over-limit", status: null, nextAt: null },
    ]);
    await aTeamWith("somebody-else@example.com");
    await oneRound();
    expect(mailsTo("somebody-else@example.com")).toBe(1);
  });

  it("has the e-mails left that the mail server did not take", async () => {
    const address = "refused@example.com";
    await useUp(address, mailedAddressLimit.points - 1);
    server.answers.set("RCPT", "550 No such user");
    const { owner, teamId } = await aTeamWith(address);
    await oneRound();
    server.answers.clear();
    await requestMailTest(db, owner, teamId);
    await oneRound();
    expect(mailsTo(address)).toBe(1);
  });
});
