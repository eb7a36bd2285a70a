import { randomUUID } from "node:crypto";
import { eq, isNull } from "drizzle-orm";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { invitations, ownershipTransfers, uploads } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { AppError } from "@/lib/errors";
import { inviteToPortal, inviteToTeam } from "@/lib/invitations/mutations";
import { listNotices } from "@/lib/notices/queries";
import { addWebhook } from "@/lib/notifications/webhooks/mutations";
import { findWebhook } from "@/lib/notifications/webhooks/queries";
import { makeReset } from "@/lib/password-resets/mutations";
import { listOwnResets } from "@/lib/password-resets/queries";
import { requestRun } from "@/lib/runs/mutations";
import { addMember } from "@/lib/teams/mutations";
import { listProposals } from "@/lib/teams/queries";
import { somebody } from "@/lib/testing/actors";
import { aCredential } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { aDeliveryRun, giveDeliveries } from "@/lib/testing/deliveries";
import { anUpload, aWritingDestination } from "@/lib/testing/destinations";
import type { Ask, Ids } from "@/lib/testing/register/entry";
import { grantOn } from "@/lib/testing/sharing";
import { readSources } from "@/lib/testing/source-tree";
import { aRepositorySource } from "@/lib/testing/sources";
import { aTeamOf } from "@/lib/testing/teams";
import { asks, randomIds } from "@/lib/testing/unauthorized-access";
import { offerTransfer } from "@/lib/transfers/mutations";

/** What was done since the last look: statements on their way to the driver, and calls of Node's cryptography, in order. */
const { traces } = vi.hoisted(() => ({ traces: [] as string[] }));
vi.mock("node:crypto", async (original) => {
  const crypto: Record<string, unknown> = await original();
  const told = Object.entries(crypto).map(([name, value]) => {
    const isFunction = typeof value === "function" && /^[a-z]/.test(name);
    if (!isFunction) return [name, value] as const;
    return [
      name,
      (...given: unknown[]) => {
        traces.push(`crypto ${name}`);
        return value(...given);
      },
    ] as const;
  });
  return Object.fromEntries(told);
});

let db: Db;
let reader: Actor;
let administrator: Actor;
let own: Ids;
let others: Ids;

/** One of this user's items of each kind, in use and shared, so that there would be something to find. */
async function thingsOf(owner: Actor): Promise<Ids> {
  const friend = await somebody(db);
  const credential = await addCredential(db, owner, aCredential());
  const source = { ...aRepositorySource, credentialId: credential } as const;
  const endpoint = await addEndpoint(db, owner, { ...source, name: "Commits", description: "" });
  const { runId: run } = await requestRun(db, owner, endpoint, "new");
  const from = { sourceId: endpoint };
  const { destinationId: destination } = await aWritingDestination(db, owner, from, {
    credentialId: credential,
  });
  const { runId: delivery } = await aDeliveryRun(db, destination);
  await giveDeliveries(db, { endpointId: destination, runId: delivery }, [
    { state: "unknown" },
    { state: "sent" },
  ]);
  const upload = await anUpload(db, owner, [{ repository_slug: "storefront" }]);
  const [arriving, refused] = await uploadsNotTaken(owner);
  const team = await aTeamOf(db, owner, friend);
  const grantTo = (kind: "credential" | "endpoint", id: string) =>
    grantOn(db, owner, { kind, id }, { userId: friend.userId }, "administrator");
  const grant = {
    credential: await grantTo("credential", credential),
    endpoint: await grantTo("endpoint", endpoint),
  };
  await grantOn(db, owner, { kind: "credential", id: credential }, { teamId: team }, "collaborator");
  await offerTransfer(db, owner, { credentialId: credential, toUserId: friend.userId });
  const [offer] = await db
    .select({ id: ownershipTransfers.id })
    .from(ownershipTransfers)
    .where(eq(ownershipTransfers.credentialId, credential));
  await inviteToTeam(db, owner, { teamId: team, days: 7 });
  const [invitation] = await db
    .select({ id: invitations.id })
    .from(invitations)
    .where(eq(invitations.teamId, team));
  const [portalInvitation] = await db
    .select({ id: invitations.id })
    .from(invitations)
    .where(isNull(invitations.teamId));
  const { email } = await somebody(db);
  await addMember(db, administrator, { teamId: team, email });
  const [proposal] = await listProposals(db, owner, team);
  await makeReset(db, administrator, friend.userId);
  const [reset] = await listOwnResets(db, friend);
  const [notice] = await listNotices(db, friend);
  await addWebhook(db, owner, { address: "https://hooks.example.com/latchkey" });
  const webhook = await findWebhook(db, owner);
  if (!proposal || !reset || !notice || !webhook)
    throw new Error("something that an administrator did is not there");
  if (!offer || !invitation || !portalInvitation) throw new Error("something that was made is not there");
  return {
    ...{ credential, endpoint, run, team, grant, transfer: offer.id },
    ...{ destination, delivery, upload, arriving, refused },
    ...{ invitation: invitation.id, portalInvitation: portalInvitation.id },
    ...{ user: friend.userId, session: friend.sessionId },
    ...{ proposal: proposal.id, reset: reset.id, notice: notice.id, webhook: webhook.id },
  };
}

/** A file that is being received, and one that was refused, by their ids. */
async function uploadsNotTaken({ userId: ownerId }: Actor): Promise<[string, string]> {
  const made = async (refusal: { message: string; lines: [] } | null) => {
    const id = randomUUID();
    await db.insert(uploads).values({ id, ownerId, name: "rows.csv", format: "csv", bytes: 0, refusal });
    return id;
  };
  return [await made(null), await made({ message: "The file has no records.", lines: [] })];
}

beforeAll(async () => {
  db = await ownDatabase({ logQuery: (statement) => traces.push(statement) });
  administrator = await somebody(db, "administrator");
  await inviteToPortal(db, administrator, { days: 7 });
  reader = await somebody(db);
  own = await thingsOf(reader);
  others = await thingsOf(await somebody(db));
});

/** A user's answer, and all work that was done for it. */
async function answerOf(ask: Ask, ids: Ids, who: Actor): Promise<{ told: unknown; done: string[] }> {
  traces.length = 0;
  const told = await ask(db, who, ids, own).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, message: error.message, fieldErrors: error.fieldErrors };
  });
  return { told, done: [...traces] };
}

const rooms =
  /^lib\/([\w/-]+)\/(queries|details-queries|requests|require-usable|mutations|\w+-history|check-stop|check-days|rights-before|require-right|latest|holdings|group-news|pickers|preview|data-sets|input|read-destination-step|request|pick)\.ts$/;
// Keys are an operator's, at the terminal: no id of theirs comes from a request.
const elsewhere = new Set(["audit", "auth", "keys", "servers"]);

it("46 every query and mutation of the domains is called, or takes no id", () => {
  const found = readSources(["lib"]).flatMap(({ path, text }) => {
    const domain = rooms.exec(path)?.[1] ?? "";
    if (domain === "" || elsewhere.has(domain)) return [];
    const names = text.matchAll(/^export async function (\w+)/gm);
    return [...names].map(([, name]) => `${domain}/${name}`);
  });
  expect(found.filter((name) => !asks[name])).toEqual([]);
  expect(Object.keys(asks).filter((name) => !found.includes(name))).toEqual([]);
});

describe("to whoever may not see a thing its id is like one that names nothing: same answer, same statements, same cryptography", () => {
  it.each(Object.entries(asks).filter(([, accessPaths]) => accessPaths.length > 0))(
    "%s",
    async (_name, accessPaths) => {
      for (const ask of accessPaths) {
        const ofNothing = await answerOf(ask, randomIds(), reader);
        const ofAnother = await answerOf(ask, others, reader);
        expect(ofAnother).toEqual(ofNothing);
        // For users who may not see the item, nothing is opened, sealed or hashed.
        if (!keepsThatItWasAsked.has(_name)) {
          expect(ofAnother.done.filter((trace) => /cipher|hmac|hash/i.test(trace))).toEqual([]);
        }
      }
    },
  );
});

/** The event of a check whose answer could not be kept is written, and so chained, whatever the id was of. */
const keepsThatItWasAsked = new Set(["credentials/recordCheck", "credentials/previous/recordPreviousCheck"]);

it("a portal administrator learns no more of credentials, sources and destinations", async () => {
  const ofThings = Object.entries(asks).filter(([name]) =>
    /^((credentials|deliveries|destinations|endpoints|reading|runs|sharing|transfers|uploads)\/|history\/listHistory$)/.test(
      name,
    ),
  );
  for (const [name, accessPaths] of ofThings) {
    for (const ask of accessPaths) {
      const ofNothing = await answerOf(ask, randomIds(), administrator);
      expect(await answerOf(ask, others, administrator), name).toEqual(ofNothing);
    }
  }
});
