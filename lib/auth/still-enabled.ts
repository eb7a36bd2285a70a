import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Tx } from "@/lib/db/types";
import { AppError } from "@/lib/errors";

/**
 * For the look before every write to a thing: whether the account of the actor is enabled still. The request may have begun
 * long before, with a check of many seconds, and whoever is disabled meanwhile changes nothing any more.
 */
export function isStillEnabled(actor: Actor): SQL {
  const self = alias(users, "actors_account");
  return sql`exists (
    select 1 from ${users} as ${self} where ${self.id} = ${actor.userId} and ${self.disabledAt} is null)`;
}

/** The same for what is about no thing that is there yet: UNAUTHENTICATED for whoever was disabled meanwhile. */
export async function requireStillEnabled(tx: Tx, actor: Actor): Promise<void> {
  const [self] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, actor.userId), isStillEnabled(actor)));
  if (self) return;
  throw new AppError({ code: "UNAUTHENTICATED", message: "Your session has ended, so nothing was stored." });
}
