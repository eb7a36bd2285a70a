import "server-only";
import { and, asc, eq, isNull } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Tx } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

/** For queries: NOT_FOUND to everybody but portal administrators, as if `what` did not exist. */
export function assertAdministrator(actor: Actor, what: string): void {
  if (!actor.isAdministrator) throw notFound(what);
}

/**
 * For mutations: proves that the actor is a portal administrator still, and keeps all of them as they are for the rest of
 * the transaction. So changes of administrators happen one after the other, and two who demote each other at the same
 * moment cannot both succeed. NOT_FOUND to everybody else.
 */
export async function lockAdministrators(tx: Tx, actor: Actor, what: string): Promise<void> {
  const administrators = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "administrator"), isNull(users.disabledAt)))
    // Always in one order, so that two who come at once wait for each other instead of both forever.
    .orderBy(asc(users.id))
    .for("no key update");
  if (!administrators.some(({ id }) => id === actor.userId)) throw notFound(what);
}
