import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { auditEvents, credentialSecrets, credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { verifyAuditLog } from "@/lib/audit/verify";
import { deleteCredential } from "@/lib/credentials/deletion/mutations";
import { addCredential, editCredential, replaceSecret } from "@/lib/credentials/mutations";
import { openSecret } from "@/lib/credentials/secrets/store";
import { currentDataKey } from "@/lib/crypto/data-keys";
import type { Db } from "@/lib/db/types";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";
import { aVisitor, somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { acceptTransfer, offerTransfer } from "@/lib/transfers/mutations";
import { findTransfer } from "@/lib/transfers/queries";
import { rotateData } from "./mutations";
import { resealAll } from "./reseal-all";

const baseUrl = baseUrlAt("https://bitbucket.example.com");
const ring = portalKeys().keyRing;

/** What must be there afterwards; `owner` null for a credential that was deleted. */
type Expected = { owner: Actor | null; secret: string; name: string };
type Change = (db: Db, owner: Actor, id: string, before: Expected) => Promise<Expected>;

/** Every change that users can make to a credential or its secret. */
const changes: Change[] = [
  async (_db, _owner, _id, before) => before,
  async (db, owner, id, before) => {
    const name = `Edited ${randomUUID()}`;
    await editCredential(db, owner, { credentialId: id, version: 1, name, description: "" });
    return { ...before, name };
  },
  async (db, owner, id, before) => {
    const secret = `key-${randomUUID()}`;
    const signIn = { scheme: "bearer", apiKey: Secret.of(secret), expectedAccount: null } as const;
    const replaced = { credentialId: id, secretVersion: 1 };
    await replaceSecret(db, owner, { replaced, baseUrl, signIn, outcome: null });
    return { ...before, secret };
  },
  async (db, owner, id, before) => {
    await deleteCredential(db, owner, id);
    return { ...before, owner: null };
  },
  async (db, owner, id, before) => {
    const recipient = await somebody(db);
    await offerTransfer(db, owner, { credentialId: id, toUserId: recipient.userId });
    const side = await findTransfer(db, recipient, id);
    if (side?.side !== "recipient") throw new Error("the recipient sees no offer");
    await acceptTransfer(db, recipient, { credentialId: id, transferId: side.transferId, name: before.name });
    return { ...before, owner: recipient };
  },
  async (db, owner) => {
    const added = { owner, secret: `key-${randomUUID()}`, name: `Added ${randomUUID()}` };
    const signIn = { scheme: "bearer", apiKey: Secret.of(added.secret), expectedAccount: null } as const;
    await addCredential(db, owner, aCredential({ name: added.name, baseUrl, signIn }));
    return added;
  },
];

it("12 resealing while users edit, replace, transfer, add and delete loses none of their changes", async () => {
  const [command, portal] = await ownDatabaseOfTwo();
  const owner = await ownerOfCredentials(portal);
  const before = new Map<string, Expected>();
  for (let index = 0; index < 48; index += 1) {
    const one = { owner, secret: `key-${randomUUID()}`, name: `Credential ${index}` };
    const signIn = { scheme: "bearer", apiKey: Secret.of(one.secret), expectedAccount: null } as const;
    before.set(await addCredential(portal, owner, aCredential({ name: one.name, baseUrl, signIn })), one);
  }

  const retire = async () => rotateData(command, aVisitor(), ring, (await currentDataKey(command, ring)).id);
  const users = Promise.all(
    [...before].map(async ([id, was], index) => {
      // All at once would queue them up behind one another: some before, some amid, some after.
      await new Promise((resolve) => setTimeout(resolve, index * 10));
      const change = changes[index % changes.length] ?? changes[0];
      return change ? ([id, await change(portal, owner, id, was)] as const) : ([id, was] as const);
    }),
  );
  const operator = (async () => {
    await retire();
    const first = await resealAll(command, aVisitor(), ring, () => undefined, 4);
    await retire();
    return [first, await resealAll(command, aVisitor(), ring, () => undefined, 4)];
  })();
  const expected = await users;
  for (const run of await operator) expect(run).toMatchObject({ unopened: [], left: 0 });
  const last = await resealAll(command, aVisitor(), ring, () => undefined);

  expect(last).toMatchObject({ unopened: [], left: 0 });
  const current = await currentDataKey(command, ring);
  const keys = await command.selectDistinct({ id: credentialSecrets.dataKeyId }).from(credentialSecrets);
  expect(keys).toEqual([{ id: current.id }]);
  for (const [id, { owner: now, secret, name }] of expected) {
    const isAdded = name.startsWith("Added");
    const [row] = await command
      .select()
      .from(credentials)
      .where(isAdded ? eq(credentials.name, name) : eq(credentials.id, id));
    if (!now) {
      expect(row).toBeUndefined();
      continue;
    }
    expect(row).toMatchObject({ name, ownerId: now.userId });
    const place = {
      credentialId: row?.id ?? "",
      ownerId: now.userId,
      baseUrl,
      version: row?.secretVersion ?? 0,
    };
    expect((await openSecret(command, place)).use((text) => text)).toBe(secret);
  }
  // The users were inserted without a sign-up, so they have no events.
  expect((await verifyAuditLog(command)).findings).toMatchObject([{ kind: "unrecorded" }]);
  const resealed = await command
    .select({ details: auditEvents.details, via: auditEvents.via, actorId: auditEvents.actorId })
    .from(auditEvents)
    .where(eq(auditEvents.event, "keys.resealed"));
  expect(resealed.length).toBeGreaterThan(4);
});
