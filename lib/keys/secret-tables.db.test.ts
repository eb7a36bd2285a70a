import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { credentialPreviousSecrets, webhooks } from "@/drizzle/schema";
import { addCredential, replaceSecret } from "@/lib/credentials/mutations";
import { openPrevious } from "@/lib/credentials/secrets/store";
import { addWebhook } from "@/lib/notifications/webhooks/mutations";
import { openWebhookSecret } from "@/lib/notifications/webhooks/secret";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";
import { addTeam } from "@/lib/teams/mutations";
import { aVisitor } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { verbs } from "./verbs";

it("previous secrets and those of webhooks are counted, sealed anew and verified like those of credentials", () =>
  withRollback(async (db) => {
    const owner = await ownerOfCredentials(db);
    const credential = aCredential();
    const credentialId = await addCredential(db, owner, credential);
    const replaced = { credentialId, secretVersion: 1 };
    const signIn = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null } as const;
    await replaceSecret(db, owner, { ...credential, signIn, replaced, keepsPrevious: true });
    const secrets = new Map<string, string>();
    const address = "https://hooks.example.com/latchkey";
    const teamId = await addTeam(db, owner, { name: "Keepers", description: "" });
    for (const [holder, actor, of] of [
      [owner.userId, owner, {}],
      [teamId, owner, { teamId }],
    ] as const) {
      const secret = await addWebhook(db, actor, { address, ...of });
      secrets.set(
        holder,
        secret.use((text) => text),
      );
    }
    const run = async (name: string) => {
      const printed: string[] = [];
      const print = (text: string) => void printed.push(text);
      const context = { db, visitor: aVisitor(), ring: portalKeys().keyRing, print, argument: undefined };
      return { code: await verbs[name]?.(context), text: printed.join("") };
    };
    await run("rotate-data");
    expect((await run("status")).text).toContain("Next: reseal, for 4 secrets under a retired data key.");
    expect(await run("reseal")).toMatchObject({ code: 0 });
    expect((await run("status")).text).toContain("Nothing is left to do.");
    expect(await run("verify")).toMatchObject({ code: 0 });
    for (const row of await db.select().from(webhooks)) {
      const opened = await openWebhookSecret(db, row);
      expect(opened.use((text) => text)).toBe(secrets.get(row.userId ?? row.teamId ?? ""));
    }
    const place = { credentialId, ownerId: owner.userId, baseUrl: credential.baseUrl, version: 1 };
    const [previous] = await db.select().from(credentialPreviousSecrets);
    const kept = await openPrevious(db, place, previous?.sealed ?? Buffer.alloc(0));
    expect(kept.use((text) => text)).toBe("canary-password");
    await db.update(credentialPreviousSecrets).set({ version: 2 });
    await db
      .update(webhooks)
      .set({ address: "https://elsewhere.example.com/" })
      .where(eq(webhooks.userId, owner.userId));
    const broken = await run("verify");
    expect(broken.code).toBe(1);
    expect(broken.text).toMatch(/ {2}webhook [0-9a-f-]{36}: TAMPERED/);
    expect(broken.text).toContain(`  previous secret of credential ${credentialId}: TAMPERED`);
    expect(broken.text).toContain("A previous secret is not needed: delete it on its credential's page.");
  }));
