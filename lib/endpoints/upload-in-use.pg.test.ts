import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { endpoints, uploadRows, uploads } from "@/drizzle/schema";
import { addCredential } from "@/lib/credentials/mutations";
import { commentsFrom } from "@/lib/testing/comment-destination";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { anUpload } from "@/lib/testing/destinations";
import { forgetUnusedUploads } from "@/lib/uploads/retention";
import { addEndpoint } from "./mutations";

it("a file that a destination is about to use is not forgotten, however old it is", async () => {
  const db = await ownDatabase();
  const owner = await ownerOfCredentials(db);
  const credentialId = await addCredential(db, owner, aCredential());
  const uploadId = await anUpload(db, owner, [{ pr: 1 }]);
  const old = sql`clock_timestamp() - interval '2 days'`;
  await db.update(uploads).set({ createdAt: old }).where(eq(uploads.id, uploadId));
  const chosen = commentsFrom({ kind: "upload", id: uploadId });
  const add = { ...chosen, credentialId, name: "Comments", description: "" };

  const destinationId = await db.transaction(async (tx) => {
    const id = await addEndpoint(tx, owner, add);
    // On another connection, while the destination is not committed yet.
    await forgetUnusedUploads(db, 100);
    return id;
  });
  await forgetUnusedUploads(db, 100);
  const [file] = await db.select().from(uploads).where(eq(uploads.id, uploadId));
  expect(file?.completedAt).toBeInstanceOf(Date);
  expect(await db.$count(uploadRows, eq(uploadRows.uploadId, uploadId))).toBe(1);

  await db.delete(endpoints).where(eq(endpoints.id, destinationId));
  await forgetUnusedUploads(db, 100);
  await expect(addEndpoint(db, owner, { ...add, name: "Late" })).rejects.toMatchObject({
    fieldErrors: { choice: expect.stringContaining("forgotten after a day") },
  });
});
