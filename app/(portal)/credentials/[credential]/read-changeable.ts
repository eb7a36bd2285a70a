import { notFound } from "next/navigation";
import { requireActorUnlessPosting } from "@/lib/auth/require-actor";
import { findChangeable } from "@/lib/credentials/queries";
import type { ChangeableCredential } from "@/lib/credentials/types";
import { database } from "@/lib/db/client";

/**
 * The credential for the edit form at `path`; a 404 if the user may not see it. Null if the session ended while the
 * form was open: the page then shows the form again, without the credential's data.
 */
export async function readChangeable(path: string, id: string): Promise<ChangeableCredential | null> {
  const actor = await requireActorUnlessPosting(path);
  return actor ? ((await findChangeable(await database(), actor, id)) ?? notFound()) : null;
}
