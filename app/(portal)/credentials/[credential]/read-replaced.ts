import type { Actor } from "@/lib/actor";
import { findRightsBefore } from "@/lib/credentials/rights-before";
import type { Db } from "@/lib/db/types";
import { getCredentialUses } from "@/lib/endpoints/queries";

/** What is told after a replacement: the uses that were tried, and what the secret before could do. */
export async function readReplaced(
  db: Db,
  actor: Actor,
  credentialId: string,
  { isReplaced, isTried }: { isReplaced: boolean; isTried: boolean },
) {
  if (!isReplaced) return { triedUses: 0, before: null };
  const [triedUses, before] = await Promise.all([
    isTried ? getCredentialUses(db, actor, credentialId).then(({ total }) => total) : 0,
    findRightsBefore(db, actor, credentialId),
  ]);
  return { triedUses, before };
}
