import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { passwordResets, users } from "@/drizzle/schema";
import type { Db, Tx } from "@/lib/db/types";

/** How many hours a link is valid. */
export const resetHours = 24;

/** A new token for a link; only its hash is stored. */
export function newResetToken(): { token: string; tokenHash: Buffer } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: hashResetToken(token) };
}

/** The stored hash of a token. 256 random bits: a plain hash is enough, since guessing is hopeless. */
export function hashResetToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/**
 * The one rule of valid links: neither used, revoked nor expired, the account enabled, and its maker still an enabled
 * portal administrator. For a query of `passwordResets` that names no other table.
 */
export function isLiveReset(): SQL<boolean> {
  const [user, maker] = [alias(users, "reset_user"), alias(users, "reset_maker")];
  const isLive = and(
    isNull(passwordResets.usedAt),
    isNull(passwordResets.revokedAt),
    gt(passwordResets.expiresAt, sql`now()`),
    sql`exists (select 1 from ${users} as ${user}
      where ${user.id} = ${passwordResets.userId} and ${user.disabledAt} is null)`,
    sql`exists (select 1 from ${users} as ${maker}
      where ${maker.id} = ${passwordResets.madeBy} and ${maker.disabledAt} is null and ${maker.role} = 'administrator')`,
  );
  return sql<boolean>`coalesce(${isLive}, false)`;
}

/** The link of this token if it is valid, else null, whatever the reason. */
export async function findLiveReset(db: Db | Tx, token: string) {
  const [reset] = await db
    .select({ id: passwordResets.id, userId: passwordResets.userId, madeBy: passwordResets.madeBy })
    .from(passwordResets)
    .where(and(eq(passwordResets.tokenHash, hashResetToken(token)), isLiveReset()));
  return reset ?? null;
}

/** Ends all open links for one account. */
export async function endOpenResets(tx: Tx, userId: string, at = new Date()): Promise<void> {
  await tx
    .update(passwordResets)
    .set({ revokedAt: at })
    .where(
      and(eq(passwordResets.userId, userId), isNull(passwordResets.usedAt), isNull(passwordResets.revokedAt)),
    );
}

/** Undoes `endOpenResets` of that instant. */
export async function restoreResets(tx: Tx, userId: string, at: Date): Promise<void> {
  await tx
    .update(passwordResets)
    .set({ revokedAt: null })
    .where(and(eq(passwordResets.userId, userId), eq(passwordResets.revokedAt, at)));
}
