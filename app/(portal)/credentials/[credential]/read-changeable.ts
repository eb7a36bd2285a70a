import { notFound } from "next/navigation";
import { requireActorUnlessPosting } from "@/lib/auth/require-actor";
import { findChangeable } from "@/lib/credentials/queries";
import type { ChangeableCredential } from "@/lib/credentials/types";
import { database } from "@/lib/db/client";

/**
 * The credential that the page at `path` changes; a 404 where the person does not see one. Null when the session ended
 * while the form was open: the page shows it again, without what only the signed-in may read.
 */
export async function readChangeable(path: string, id: string): Promise<ChangeableCredential | null> {
  const actor = await requireActorUnlessPosting(path);
  return actor ? ((await findChangeable(await database(), actor, id)) ?? notFound()) : null;
}
