import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { credentialPreviousSecrets, credentialSecrets, credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential, replaceSecret } from "@/lib/credentials/mutations";
import { openPrevious, openSecret } from "@/lib/credentials/secrets/store";
import { verifyKeys } from "@/lib/crypto/canary";
import type { Db } from "@/lib/db/types";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, verified } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { forgetPrevious, switchBackTo } from "./mutations";

const rounds = 10;
const baseUrl = baseUrlAt("https://bitbucket.example.com");
const signInWith = (key: string) =>
  ({ scheme: "bearer", apiKey: Secret.of(key), expectedAccount: null }) as const;

// Each side of a race has its own pool, like a process of its own.
let one: Db;
let two: Db;
let owner: Actor;

beforeAll(async () => {
  [one, two] = await ownDatabaseOfTwo();
  await verifyKeys(one, portalKeys().keyRing);
  owner = await somebody(one);
});

/** A credential with a new key, whose old one is kept. */
async function renewed(): Promise<string> {
  const stored = aCredential({ name: randomUUID(), baseUrl, signIn: signInWith("old-key") });
  const credentialId = await addCredential(one, owner, stored);
  await replaceSecret(one, owner, {
    replaced: { credentialId, secretVersion: 1 },
    ...{ baseUrl, signIn: signInWith("new-key"), outcome: verified, keepsPrevious: true },
  });
  return credentialId;
}

function back(db: Db, credentialId: string): Promise<void> {
  const target = { kind: "bitbucket-server", baseUrl, signIn: signInWith("old-key") } as const;
  return switchBackTo(db, owner, {
    current: { credentialId, secretVersion: 2 },
    ...{ target, outcome: verified },
  });
}

/** What is stored of a credential now, opened. */
async function secretsOf(id: string) {
  const [row] = await one.select().from(credentials).where(eq(credentials.id, id));
  const [previous] = await one
    .select()
    .from(credentialPreviousSecrets)
    .where(eq(credentialPreviousSecrets.credentialId, id));
  const place = { credentialId: id, ownerId: owner.userId, baseUrl };
  const secret = await openSecret(one, { ...place, version: row?.secretVersion ?? 0 });
  const kept =
    previous?.sealed && (await openPrevious(one, { ...place, version: previous.version }, previous.sealed));
  return {
    rows: await one.$count(credentialSecrets, eq(credentialSecrets.credentialId, id)),
    version: row?.secretVersion,
    current: secret.use((text) => text),
    previous: kept?.use((text) => text) ?? null,
  };
}

it("two who switch back at the same moment: one does, the other is told, and nothing is half saved", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const id = await renewed();
    const answers = await Promise.allSettled([back(one, id), back(two, id)]);
    const refused = answers.filter(({ status }) => status === "rejected");
    expect(refused).toMatchObject([{ reason: { code: "CONFLICT" } }]);
    const swapped = { rows: 1, version: 3, current: "old-key", previous: "new-key" };
    expect(await secretsOf(id)).toEqual(swapped);
  }
});

it("switching back and deleting the previous secret: exactly one of the two happens", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const id = await renewed();
    const [switched, forgotten] = await Promise.allSettled([
      back(one, id),
      forgetPrevious(two, owner, { credentialId: id, secretVersion: 2 }),
    ]);
    expect([switched.status, forgotten.status].sort()).toEqual(["fulfilled", "rejected"]);
    const isBack = switched.status === "fulfilled";
    expect(await secretsOf(id)).toEqual(
      isBack
        ? { rows: 1, version: 3, current: "old-key", previous: "new-key" }
        : { rows: 1, version: 2, current: "new-key", previous: null },
    );
  }
});
