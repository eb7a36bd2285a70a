import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { credentialListings, messageSends, rateLimits, serverOutages } from "@/drizzle/schema";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { addCredential, recordCheck } from "@/lib/credentials/mutations";
import { recheck } from "@/lib/credentials/recheck";
import type { Db } from "@/lib/db/types";
import type { MailSettings } from "@/lib/mail/settings";
import { Secret } from "@/lib/secret";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
import { failedFor, kindsOf } from "@/lib/testing/messages";
import { aTeam, grantCredential } from "@/lib/testing/sharing";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/webhook-receiver";
import { tellEndings } from "./endings";
import { chooseChannels } from "./mutations";
import type { NewsKind } from "./news";
import { sendMessages } from "./sending/send";
import { addWebhook } from "./webhooks/mutations";
import { channels } from "./writing/channels";

type Given = { mail: MailSettings | null; authorities: string[]; connectMs: number };
const given = vi.hoisted((): Given => ({ mail: null, authorities: [], connectMs: 3_000 }));
vi.mock("@/lib/mail/settings", () => ({ mailSettings: () => given.mail }));
// The real policy, but for the receiver's own certificate authority, and less patience with a server that is down.
vi.mock("@/lib/portal/egress", async (original) => {
  const egress = await original<typeof import("@/lib/portal/egress")>();
  return {
    ...egress,
    egressPolicy: () => ({ ...egress.egressPolicy(), caCertificates: given.authorities }),
    egressLimits: () => ({ ...egress.egressLimits(), connectMs: given.connectMs }),
  };
});

let db: Db;
let mail: TestMailServer;
let receiver: WebhookReceiver;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  db = await ownDatabase();
  mail = await startMailServer();
  receiver = await startWebhookReceiver();
  given.mail = { url: `smtp://127.0.0.1:${mail.port}`, from: "latchkey@example.com" };
  given.authorities.push(receiver.authority);
});
afterAll(async () => {
  await mail.close();
  await receiver.close();
});

/** What each way of hearing says: the kinds in the inbox, and how many e-mails and posts there were. */
async function heardBy(user: Actor) {
  return {
    inbox: await kindsOf(db, user),
    mails: mail.mails.filter(({ to }) => to === user.email).length,
    posts: receiver.posted.map(({ body }) => JSON.parse(body).type).sort(),
  };
}

/** The rounds of the background worker, again and again: nothing may be told twice. */
async function rounds(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    for (const id of await tellEndings.findDue(db)) await tellEndings.doOne(db, id);
    await db.update(messageSends).set({ nextAt: sql`now()` }).where(eq(messageSends.state, "pending"));
    for (const id of await sendMessages.findDue(db)) await sendMessages.doOne(db, id);
  }
}

function hearEverywhere(user: Actor, kinds: readonly NewsKind[]) {
  return chooseChannels(
    db,
    user,
    kinds.flatMap((kind) => channels.map((channel) => ({ kind, channel, isOn: true }))),
  );
}

const key = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null } as const;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe("what needs a user", () => {
  it("a key that ends in 20 days, a refused secret and a certificate that ends reach inbox, e-mail and webhook, once each", async () => {
    const owner = await ownerOfCredentials(db);
    await addWebhook(db, owner, receiver);
    await hearEverywhere(owner, ["key-ends", "certificate-ends", "credential-rejected"]);
    await addCredential(
      db,
      owner,
      aCredential({ name: "Ends", signIn: key, outcome: { ...verified, keyEndsAt: inDays(20) } }),
    );
    await addCredential(
      db,
      owner,
      aCredential({
        name: "Certificate",
        baseUrl: baseUrlAt("https://certified.example.com"),
        outcome: { ...verified, certificate: certificateUntil(inDays(20)) },
      }),
    );
    const refused = await addCredential(db, owner, aCredential({ name: "Refused" }));
    for (let again = 0; again < 2; again += 1) {
      await recordCheck(db, owner, { credentialId: refused, secretVersion: 1 }, failedFor("SECRET_REJECTED"));
    }
    await rounds();
    const kinds = ["certificate-ends", "credential-rejected", "key-ends"];
    const heard = await heardBy(owner);
    expect(heard.inbox.sort()).toEqual(kinds);
    expect(heard.mails).toBe(3);
    expect(heard.posts).toEqual(kinds);
  });

  it("an outage of a server with 400 credentials is one message to each subscriber, and its end another", async () => {
    const [owner, reader] = [await ownerOfCredentials(db), await somebody(db)];
    const teamId = await aTeam(db, owner, reader);
    await addWebhook(db, reader, receiver);
    for (const user of [owner, reader]) await hearEverywhere(user, ["server-unreachable", "server-back"]);
    let sandbox = await startSandbox();
    const baseUrl = baseUrlAt(sandbox.url("/"));
    const port = Number(new URL(sandbox.url("/")).port);
    const ids: string[] = [];
    for (let n = 0; n < 400; n += 1) {
      const id = await addCredential(
        db,
        owner,
        aCredential({ name: `One of 400, ${n}`, baseUrl, signIn: jane }),
      );
      await grantCredential(db, owner, id, { teamId }, "administrator");
      ids.push(id);
    }
    await sandbox.close();
    receiver.posted.length = 0;
    given.connectMs = 20;
    await checkAll(ids);
    given.connectMs = 3_000;
    await rounds();
    expect(await statusesOf(ids)).toEqual(["verified"]);
    expect(await db.$count(serverOutages)).toBe(1);
    for (const user of [owner, reader]) expect((await heardBy(user)).mails).toBe(1);
    expect((await heardBy(reader)).inbox).toContain("server-unreachable");
    expect((await heardBy(reader)).posts).toEqual(["server-unreachable"]);

    sandbox = await startSandbox({ port });
    sandbox.instance("/").set({ rateLimit: "off" });
    await checkAll(ids.slice(0, 50));
    await rounds();
    await sandbox.close();
    expect(await statusesOf(ids)).toEqual(["verified"]);
    expect(await db.$count(serverOutages)).toBe(1);
    for (const user of [owner, reader]) {
      const { inbox, mails } = await heardBy(user);
      expect(inbox.filter((kind) => kind.startsWith("server-"))).toEqual([
        "server-unreachable",
        "server-back",
      ]);
      expect(mails).toBe(2);
    }
    expect((await heardBy(reader)).posts).toEqual(["server-back", "server-unreachable"]);
  }, 240_000);
});

const jane = {
  scheme: "basic",
  username: sandboxAccounts.jane.name,
  password: Secret.of(sandboxAccounts.jane.password),
} as const;

/** The check that the schedule makes, of each: as often as servers are checked in a minute, then the next minute's. */
async function checkAll(ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += 100) {
    await db.delete(rateLimits);
    for (const id of ids.slice(from, from + 100)) expect(await recheck(db, id)).toBe("done");
  }
}

async function statusesOf(ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectDistinct({ status: credentialListings.status })
    .from(credentialListings)
    .where(inArray(credentialListings.credentialId, [...ids]));
  return rows.map(({ status }) => status);
}

function certificateUntil(validTo: string) {
  return { issuer: "Example CA", validFrom: inDays(-1), validTo, sha256: "00:11" };
}
