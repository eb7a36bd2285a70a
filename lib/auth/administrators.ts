import "server-only";
import { and, asc, eq, isNull } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Tx } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";

// Disabled accounts do not count as administrators.
const isAble = and(eq(users.role, "administrator"), isNull(users.disabledAt));

/** For queries: throws NOT_FOUND unless the actor is a portal administrator, as if `what` did not exist. */
export function assertAdministrator(actor: Actor, what: string): void {
  if (!actor.isAdministrator) throw notFound(what);
}

/**
 * For mutations that a portal administrator may make among others: whether the actor still is one; if so, locked for
 * the rest of the transaction. They may have been demoted since the request began.
 */
export async function isStillAdministrator(tx: Tx, actor: Actor): Promise<boolean> {
  if (!actor.isAdministrator) return false;
  const [still] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, actor.userId), isAble))
    .for("share");
  return still !== undefined;
}

/** Like `isStillAdministrator`, for mutations that only portal administrators may make; otherwise throws NOT_FOUND. */
export async function requireStillAdministrator(tx: Tx, actor: Actor, what: string): Promise<void> {
  if (!(await isStillAdministrator(tx, actor))) throw notFound(what);
}

/**
 * For mutations of accounts: verifies that the actor still is a portal administrator, and locks all administrators
 * for the rest of the transaction. So changes of administrators happen one after the other, and two who demote each
 * other at the same moment cannot both succeed. Otherwise throws NOT_FOUND.
 */
export async function lockAdministrators(tx: Tx, actor: Actor, what: string): Promise<void> {
  const administrators = await tx
    .select({ id: users.id })
    .from(users)
    .where(isAble)
    // Always in one order, so that two concurrent transactions cannot deadlock.
    .orderBy(asc(users.id))
    .for("no key update");
  if (!administrators.some(({ id }) => id === actor.userId)) throw notFound(what);
}

/**
 * For mutations of another user's account: like `lockAdministrators`, and locks that account, too. NOT_ALLOWED with
 * the message `aboutOwn` for the actor's own account, NOT_FOUND if it does not exist.
 */
export async function lockOtherUser(tx: Tx, actor: Actor, userId: string, aboutOwn: string) {
  await lockAdministrators(tx, actor, "person");
  if (userId === actor.userId) throw new AppError({ code: "NOT_ALLOWED", message: aboutOwn });
  const [user] = await tx
    .select({ role: users.role, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.id, userId))
    .for("no key update");
  if (!user) throw notFound("person");
  return user;
}
