import "server-only";
import { and, desc, eq } from "drizzle-orm";
import { passwordResets, users } from "@/drizzle/schema";
import type { Actor, Visitor } from "@/lib/actor";
import { assertAdministrator } from "@/lib/auth/administrators";
import type { Db } from "@/lib/db/types";
import { findLiveReset, isLiveReset } from "./live-reset";
import { resetTokenSchema } from "./schema";
import type { Reset } from "./types";

const resetsShown = 10;

/** True if the link of this token is valid; false for all others, whatever the reason. */
export async function isResetLive(db: Db, _visitor: Visitor, token: string): Promise<boolean> {
  if (!resetTokenSchema.safeParse(token).success) return false;
  return (await findLiveReset(db, token)) !== null;
}

/** The newest links for the actor's own password, and their state. */
export function listOwnResets(db: Db, actor: Actor): Promise<Reset[]> {
  return listResets(db, actor.userId);
}

/** The newest links for a user's password. NOT_FOUND unless the actor is a portal administrator. */
export async function listResetsOf(db: Db, actor: Actor, userId: string): Promise<Reset[]> {
  assertAdministrator(actor, "person");
  return listResets(db, userId);
}

async function listResets(db: Db, userId: string): Promise<Reset[]> {
  const rows = await db
    .select({
      id: passwordResets.id,
      madeByName: users.name,
      madeAt: passwordResets.madeAt,
      expiresAt: passwordResets.expiresAt,
      usedAt: passwordResets.usedAt,
      isOpen: isLiveReset(),
    })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.madeBy))
    .where(and(eq(passwordResets.userId, userId)))
    .orderBy(desc(passwordResets.madeAt), desc(passwordResets.id))
    .limit(resetsShown);
  return rows.map(({ madeAt, expiresAt, usedAt, ...reset }) => ({
    ...reset,
    madeAt: madeAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  }));
}
