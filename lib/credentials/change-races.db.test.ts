import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { credentialGrants, credentialSecrets, credentials, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { deleteCredential } from "@/lib/credentials/deletion/mutations";
import { openSecret } from "@/lib/credentials/secrets/store";
import { verifyKeys } from "@/lib/crypto/canary";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";
import { revoke } from "@/lib/sharing/mutations";
import { somebody } from "@/lib/testing/actors";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { grantCredential } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { addCredential, editCredential, replaceSecret } from "./mutations";

const rounds = 10;
const baseUrl = baseUrlAt("https://bitbucket.example.com");

// Each side of a race has its own pool, like a process of its own.
let one: Db;
let two: Db;
let owner: Actor;

beforeAll(async () => {
  [one, two] = await ownDatabaseOfTwo();
  await verifyKeys(one, portalKeys().keyRing);
  owner = await somebody(one);
});

function stored(): Promise<string> {
  return addCredential(one, owner, aCredential({ name: randomUUID(), baseUrl }));
}

function newSecret(db: Db, credentialId: string, apiKey: string, actor = owner) {
  return replaceSecret(db, actor, {
    replaced: { credentialId, secretVersion: 1 },
    baseUrl,
    signIn: { scheme: "bearer", apiKey: Secret.of(apiKey), expectedAccount: null },
    outcome: null,
  });
}

describe("at the same moment", () => {
  it("deleting a credential and saving a use of it: exactly one of the two is refused", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const id = await stored();
      const kind = { ...aRepositorySource, description: "" } as const;
      const [gone, used] = await Promise.allSettled([
        deleteCredential(one, owner, id),
        addEndpoint(two, owner, { ...kind, credentialId: id, name: randomUUID() }),
      ]);
      const isGone = (await one.$count(credentials, eq(credentials.id, id))) === 0;
      const uses = await one.$count(endpoints, eq(endpoints.credentialId, id));
      if (gone.status === "rejected") throw gone.reason;
      if (isGone) {
        expect(gone.value).toBeNull();
        expect(used).toMatchObject({ status: "rejected", reason: { code: "NOT_FOUND" } });
      } else {
        expect(gone.value).toMatchObject({ total: 1 });
        expect(used.status).toBe("fulfilled");
      }
      expect(uses).toBe(isGone ? 0 : 1);
    }
  });

  it("two new secrets: one is stored and opens, the other is refused, and no other row is left", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const id = await stored();
      const answers = await Promise.allSettled([
        newSecret(one, id, "key-of-one"),
        newSecret(two, id, "key-of-two"),
      ]);
      const winner = answers.findIndex(({ status }) => status === "fulfilled");
      expect(answers[1 - winner]).toMatchObject({ status: "rejected", reason: { code: "CONFLICT" } });
      expect(await one.$count(credentialSecrets, eq(credentialSecrets.credentialId, id))).toBe(1);
      const secret = await openSecret(one, { credentialId: id, ownerId: owner.userId, baseUrl, version: 2 });
      expect(secret.use((text) => text)).toBe(winner === 0 ? "key-of-one" : "key-of-two");
    }
  });

  it("48 a new secret and the end of the right to store it: stored before, or refused and nothing changed", async () => {
    const administrator = await somebody(one);
    for (let round = 0; round < rounds; round += 1) {
      const id = await stored();
      await grantCredential(one, owner, id, { userId: administrator.userId }, "administrator");
      const [grant] = await one.select().from(credentialGrants).where(eq(credentialGrants.credentialId, id));
      const end = { kind: "credential", id, grantId: grant?.id ?? "" } as const;
      const [replaced, revoked] = await Promise.allSettled([
        newSecret(two, id, "key", administrator),
        revoke(one, owner, end),
      ]);
      expect(revoked.status).toBe("fulfilled");
      const isStored = replaced.status === "fulfilled";
      if (!isStored) expect(replaced.reason).toMatchObject({ code: "NOT_FOUND" });
      const [now] = await one.select().from(credentials).where(eq(credentials.id, id));
      expect(now?.secretVersion).toBe(isStored ? 2 : 1);
      await expect(newSecret(two, id, "key", administrator)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  it("two edits: one is saved, and the other reads what the first one wrote", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const id = await stored();
      const edit = (name: string) => ({ credentialId: id, version: 1, name: name + id, description: "" });
      const answers = await Promise.all([
        editCredential(one, owner, edit("One ")),
        editCredential(two, owner, edit("Two ")),
      ]);
      expect(answers.filter(({ saved }) => saved)).toHaveLength(1);
      expect(answers[0]?.now).toEqual(answers[1]?.now);
    }
  });
});
