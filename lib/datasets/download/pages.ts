import "server-only";
import type { Actor } from "@/lib/actor";
import { type DownloadPosition, readRecords } from "@/lib/datasets/queries";
import type { StoredRecord } from "@/lib/datasets/types";
import { stillSees } from "@/lib/datasets/visible";
import type { Db } from "@/lib/db/types";
import { env } from "@/lib/env";
import { AccessEndedError } from "./body";

/**
 * The records of a download, page by page at the reader's pace. Rights are asked after each page and before it is
 * handed on; throws `AccessEndedError` once they have ended.
 */
export async function* downloadPages(
  db: Db,
  actor: Actor,
  sourceId: string,
  start: DownloadPosition,
  // The embedded database answers nobody else while it reads a page. Twice as many on a server are a little faster, but
  // outlive the garbage collections of the young, and memory grows.
  size = env().DATABASE_URL ? 1000 : 500,
): AsyncGenerator<readonly StoredRecord[]> {
  let position = start;
  for (;;) {
    const page = await readRecords(db, actor, sourceId, position, size);
    if (!(await stillSees(db, actor, sourceId)))
      throw new AccessEndedError("the source is not visible any more");
    const last = page.at(-1);
    if (last) yield page;
    if (!last || page.length < size) return;
    position = position.by === "key" ? { ...position, after: last.key } : { ...position, after: last.seq };
  }
}
