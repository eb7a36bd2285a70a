import "server-only";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { notFound } from "@/lib/errors";
import { recordAlone } from "./change";
import type { ExportFormat } from "./export";
import { isNarrowing } from "./filter";
import type { EventFilter } from "./types";

/** Records an export of the log: before the first line is sent, so that no export goes unrecorded. */
export async function recordExport(
  db: Db,
  actor: Actor,
  format: ExportFormat,
  filter: EventFilter,
): Promise<void> {
  if (!actor.isAdministrator) throw notFound("page");
  await recordAlone(db, actor, {
    event: "audit.exported",
    subjectId: null,
    // Without the typed filter, which may be any text.
    details: { format, narrowed: isNarrowing(filter) },
  });
}
