import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { countHiddenUses, findLastUse, listEndpointsUsing } from "@/lib/endpoints/queries";
import type { PageStart } from "@/lib/paging";

/** What uses a credential, what of that the reader may not see, and when it was used last. */
export async function readUses(db: Db, actor: Actor, credentialId: string, start: PageStart | null) {
  const [uses, hidden, lastUse] = await Promise.all([
    listEndpointsUsing(db, actor, credentialId, start),
    countHiddenUses(db, actor, credentialId),
    findLastUse(db, actor, credentialId),
  ]);
  return { uses, hidden, lastUse };
}
