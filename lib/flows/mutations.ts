import "server-only";
import { randomUUID } from "node:crypto";
import { flows } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { recordEvent } from "@/lib/audit/record";
import { requireRight } from "@/lib/credentials/require-right";
import type { Db } from "@/lib/db/client";
import { violatesUnique } from "@/lib/db/violations";
import { AppError } from "@/lib/errors";
import type { AddFlowInput } from "./schema";

/**
 * Saves a source or destination of the actor's, using a credential that the actor may use. Returns its id; NOT_FOUND
 * for a credential that is absent or another's, CONFLICT for a name that the actor already uses in this direction.
 */
export async function addFlow(db: Db, actor: Actor, input: AddFlowInput): Promise<string> {
  const id = randomUUID();
  const { direction, connector, credentialId, name, description } = input;
  try {
    await db.transaction(async (tx) => {
      // Locked, so that the credential can neither go nor be taken away between this look and the insert.
      await requireRight(tx, actor, credentialId, "use", "share");
      await tx
        .insert(flows)
        .values({ id, direction, connector, ownerId: actor.userId, credentialId, name, description });
      await recordEvent(tx, actor, {
        event: "flow.added",
        subjectId: id,
        details: { direction, name, credentialId },
      });
    });
  } catch (error) {
    if (violatesUnique(error, "flows_name_per_owner")) throw nameTaken(direction, name);
    throw error;
  }
  return id;
}

function nameTaken(direction: AddFlowInput["direction"], name: string): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "Some fields need your attention.",
    fieldErrors: { name: `You already have a data ${direction} named “${name}”. Choose another name.` },
  });
}
