import "server-only";
import { sql } from "drizzle-orm";
import { uploads } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith } from "@/lib/audit/change";
import type { Column } from "@/lib/connectors/streams";
import type { Db } from "@/lib/db/types";
import { receivedBy, uploadGone } from "./receiving";
import type { UploadNotes } from "./types";

/** Completes a file: from now on it can be used. */
export async function completeUpload(
  db: Db,
  actor: Actor,
  uploadId: string,
  found: {
    readonly bytes: number;
    readonly records: number;
    readonly columns: readonly Column[];
    readonly notes: UploadNotes;
  },
): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const [done] = await tx
      .update(uploads)
      .set({ ...found, completedAt: sql`clock_timestamp()` })
      .where(receivedBy(actor, uploadId))
      .returning({ name: uploads.name, format: uploads.format });
    if (!done) throw uploadGone();
    const { bytes, records } = found;
    return changed({
      event: "upload.received",
      subjectId: uploadId,
      details: { name: done.name, format: done.format, bytes, records },
    });
  });
}
