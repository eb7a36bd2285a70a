import { desc } from "drizzle-orm";
import { expect, it } from "vitest";
import { auditEvents } from "@/drizzle/schema";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { addCredential, editCredential } from "./mutations";
import { findChangeable } from "./queries";

it("an edit changes tags, and leaves them as they are if it names none", () =>
  withRollback(async (db) => {
    const owner = await ownerOfCredentials(db);
    const id = await addCredential(db, owner, aCredential());
    const edit = { credentialId: id, name: "Tagged", description: "" };
    await editCredential(db, owner, { ...edit, version: 1, tags: ["prod", "EU west"] });
    await editCredential(db, owner, { ...edit, version: 2, description: "More" });
    expect(await findChangeable(db, owner, id)).toMatchObject({ tags: ["prod", "EU west"], version: 3 });
    const same = await editCredential(db, owner, {
      ...edit,
      version: 3,
      description: "More",
      tags: ["prod", "EU west"],
    });
    expect(same).toMatchObject({ saved: true, now: { version: 3 } });
    await editCredential(db, owner, { ...edit, version: 3, description: "More", tags: ["EU west"] });
    const [event] = await db.select().from(auditEvents).orderBy(desc(auditEvents.id)).limit(1);
    expect(event).toMatchObject({ event: "credential.edited", details: { fields: ["tags"] } });
  }));
