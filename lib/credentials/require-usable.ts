import "server-only";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { getCredentialTile } from "./queries";
import { unusableAs } from "./shown-status";
import { unusableInWords } from "./unusable-words";

/**
 * Refuses a credential that nobody can sign in with now, with its cure: CONFLICT. NOT_FOUND for ids that are absent,
 * malformed or not visible.
 */
export async function requireUsable(db: Db, actor: Actor, credentialId: string): Promise<void> {
  const tile = await getCredentialTile(db, actor, credentialId);
  const unusable = unusableAs(tile, new Date().toISOString());
  // Suspension has an answer of its own, by the right to use it.
  if (unusable === null || unusable === "suspended") return;
  throw new AppError({
    code: "CONFLICT",
    message: `“${tile.name}” cannot be used: ${unusableInWords(unusable, tile)}`,
  });
}
