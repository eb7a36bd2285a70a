import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { checks, users } from "@/drizzle/schema";
import { addCredential } from "@/lib/credentials/mutations";
import { findCredentialDetails } from "@/lib/credentials/queries";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential } from "@/lib/testing/sharing";

const failed = { name: "signedIn", state: "failed", durationMs: 5 } as const;

describe("the latest check on a credential's page", () => {
  it("tells its owner and administrators the cure, and a collaborator whom to ask", () =>
    withRollback(async (db) => {
      const [owner, administrator, collaborator] = [
        await ownerOfCredentials(db),
        await somebody(db),
        await somebody(db),
      ];
      const id = await addCredential(db, owner, aCredential());
      await grantCredential(db, owner, id, { userId: administrator.userId }, "administrator");
      await grantCredential(db, owner, id, { userId: collaborator.userId }, "collaborator");
      const record = { access: null, warnings: [], steps: [failed], details: null };
      const rejected = { verdict: "rejected", reason: "SECRET_REJECTED", record } as const;
      await db.insert(checks).values({ credentialId: id, secretVersion: 1, ...rejected });
      for (const actor of [owner, administrator]) {
        const details = await findCredentialDetails(db, actor, id);
        expect(details?.newestCheck?.failure).toMatchObject({ whose: "you" });
      }
      const details = await findCredentialDetails(db, collaborator, id);
      expect(details?.newestCheck?.failure).toMatchObject({
        cure: `Ask the owner, ${details?.ownerName}, or an administrator of it to replace its secret.`,
        whose: "the credential's owner",
      });
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, owner.userId));
      const suspended = await findCredentialDetails(db, collaborator, id);
      expect(suspended?.newestCheck?.failure).toMatchObject({
        cure: "Ask an administrator of it to replace its secret.",
      });
    }));
});
