import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { endpoints, uploads } from "@/drizzle/schema";
import { findStream } from "@/lib/connectors/stream-catalogues";
import type { Column } from "@/lib/connectors/streams";
import type { Tx } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { seenBy } from "./visibility";
import type { InputRef } from "./writing-address";

/** The columns that store an input. */
export function inputColumns(input: InputRef) {
  return {
    inputSourceId: input.kind === "source" ? input.id : null,
    inputUploadId: input.kind === "upload" ? input.id : null,
  };
}

/** The input that these columns store; null if it was deleted. */
export function storedInput(row: {
  readonly inputSourceId: string | null;
  readonly inputUploadId: string | null;
}): InputRef | null {
  if (row.inputSourceId !== null) return { kind: "source", id: row.inputSourceId };
  return row.inputUploadId === null ? null : { kind: "upload", id: row.inputUploadId };
}

/**
 * The columns of a data set or file, which stays until the transaction ends. INVALID_INPUT at the field `choice` for a
 * source that one of the users does not see, and for a file that none of them has uploaded.
 */
export async function requireInput(
  tx: Tx,
  userIds: readonly string[],
  input: InputRef,
): Promise<readonly Column[]> {
  const isId = z.guid().safeParse(input.id).success;
  const columns = isId ? await columnsOf(tx, userIds, input) : null;
  if (columns) return columns;
  throw invalidChoice(
    input.kind === "source"
      ? "There is no such data set, or you or the owner of the destination may not see it. Choose another one."
      : "There is no such file of yours. Files that no destination uses are forgotten after a day: upload it again.",
  );
}

/** A refusal of the choices that were made in the step Data. */
export function invalidChoice(message: string): AppError {
  return new AppError({
    code: "INVALID_INPUT",
    message: "Some fields need your attention.",
    fieldErrors: { choice: message },
  });
}

async function columnsOf(
  tx: Tx,
  userIds: readonly string[],
  { kind, id }: InputRef,
): Promise<readonly Column[] | null> {
  if (kind === "upload") {
    const [file] = await tx
      .select({ columns: uploads.columns, ownerId: uploads.ownerId })
      .from(uploads)
      .where(and(eq(uploads.id, id), isNotNull(uploads.completedAt)))
      .for("share");
    return file && userIds.includes(file.ownerId) ? file.columns : null;
  }
  const [source] = await tx
    .select({ connector: endpoints.connector, settings: endpoints.settings })
    .from(endpoints)
    .where(
      and(
        eq(endpoints.id, id),
        eq(endpoints.direction, "source"),
        ...userIds.map((userId) => seenBy(userId, endpoints.id)),
      ),
    )
    .for("share");
  if (!source) return null;
  return (source.settings && findStream(source.connector, source.settings.stream)?.columns) ?? [];
}
