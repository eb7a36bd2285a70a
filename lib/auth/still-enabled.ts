import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Tx } from "@/lib/db/types";
import { AppError } from "@/lib/errors";

/**
 * For the check before every write to an item: whether the actor's account is still enabled. The request may have
 * begun long before, with a check of many seconds; a user disabled meanwhile changes nothing any more.
 */
export function isStillEnabled(actor: Actor): SQL {
  const self = alias(users, "actors_account");
  return sql`exists (
    select 1 from ${users} as ${self} where ${self.id} = ${actor.userId} and ${self.disabledAt} is null)`;
}

/** The same before an item exists: throws UNAUTHENTICATED if the actor was disabled meanwhile. */
export async function requireStillEnabled(tx: Tx, actor: Actor): Promise<void> {
  const [self] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, actor.userId), isStillEnabled(actor)));
  if (self) return;
  throw new AppError({ code: "UNAUTHENTICATED", message: "Your session has ended, so nothing was stored." });
}
