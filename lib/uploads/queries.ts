import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { uploads } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db, Tx } from "@/lib/db/types";
import { storedFile } from "./stored-file";
import type { RefusedUpload, Upload } from "./types";

/** The actor's own file of that id; null for every other id, and for a file that was not taken. */
export async function findUpload(db: Db | Tx, actor: Actor, id: string): Promise<Upload | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return storedFile(db, and(eq(uploads.id, id), eq(uploads.ownerId, actor.userId)));
}

/** Why the actor's own file was refused; null for every other id. */
export async function findUploadRefusal(db: Db, actor: Actor, id: string): Promise<RefusedUpload | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [row] = await db
    .select({ name: uploads.name, refusal: uploads.refusal })
    .from(uploads)
    .where(and(eq(uploads.id, id), eq(uploads.ownerId, actor.userId), isNull(uploads.completedAt)));
  return row?.refusal ? { name: row.name, ...row.refusal } : null;
}
