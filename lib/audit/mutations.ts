import "server-only";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { notFound } from "@/lib/errors";
import { recordAlone } from "./change";
import type { ExportFormat } from "./export";
import { isNarrowing } from "./filter";
import type { EventFilter } from "./types";

/** Keeps that the log is being taken out of the portal: before the first line leaves, so that there is no export without it. */
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
    // Not what was typed to narrow it: that may be anything.
    details: { format, narrowed: isNarrowing(filter) },
  });
}
