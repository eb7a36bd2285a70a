import "server-only";
import { and, asc, eq, isNull } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Tx } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";

// Who may act as one: of those whose account is disabled, nobody does.
const isAble = and(eq(users.role, "administrator"), isNull(users.disabledAt));

/** For queries: NOT_FOUND to everybody but portal administrators, as if `what` did not exist. */
export function assertAdministrator(actor: Actor, what: string): void {
  if (!actor.isAdministrator) throw notFound(what);
}

/**
 * For mutations that a portal administrator may make among others: whether the actor is one still, which then stays so for
 * the rest of the transaction. The request may have begun before they were demoted.
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

/** As `isStillAdministrator`, for what only portal administrators may change; NOT_FOUND to everybody else. */
export async function requireStillAdministrator(tx: Tx, actor: Actor, what: string): Promise<void> {
  if (!(await isStillAdministrator(tx, actor))) throw notFound(what);
}

/**
 * For mutations of people: proves that the actor is a portal administrator still, and keeps all of them as they are for
 * the rest of the transaction. So changes of administrators happen one after the other, and two who demote each other at the same
 * moment cannot both succeed. NOT_FOUND to everybody else.
 */
export async function lockAdministrators(tx: Tx, actor: Actor, what: string): Promise<void> {
  const administrators = await tx
    .select({ id: users.id })
    .from(users)
    .where(isAble)
    // Always in one order, so that two who come at once wait for each other instead of both forever.
    .orderBy(asc(users.id))
    .for("no key update");
  if (!administrators.some(({ id }) => id === actor.userId)) throw notFound(what);
}

/**
 * For mutations of one account by another one: as `lockAdministrators`, and the account stays as it is as well.
 * NOT_ALLOWED in the words of `aboutOwn` for the actor's own account, NOT_FOUND where there is none.
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
