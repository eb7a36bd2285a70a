import { and, eq, isNull } from "drizzle-orm";
import { expect, it } from "vitest";
import { messages } from "@/drizzle/schema";
import { addCredential } from "@/lib/credentials/mutations";
import { share } from "@/lib/sharing/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { noteSharedSeen } from "./mutations";

it("what was told of a share is read in the inbox once the user has seen the share, and nothing else is", () =>
  withRollback(async (db) => {
    const [giver, reader] = [await ownerOfCredentials(db), await somebody(db)];
    const ids: string[] = [];
    for (const name of ["Given", "Other"]) {
      const id = await addCredential(db, giver, aCredential({ name }));
      const grantee = { kind: "person", id: reader.userId } as const;
      await share(db, giver, { kind: "credential", id, role: "collaborator", grantee });
      ids.push(id);
    }
    await noteSharedSeen(db, reader, { thing: "credential", id: ids[0] ?? "" });
    const unread = await db
      .select({ about: messages.credentialId })
      .from(messages)
      .where(and(eq(messages.userId, reader.userId), isNull(messages.readAt)));
    expect(unread).toEqual([{ about: ids[1] }]);
  }));
