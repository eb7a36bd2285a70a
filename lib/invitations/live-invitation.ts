import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { invitations, teamMembers, teams, users } from "@/drizzle/schema";
import type { Db, Tx } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { type Entry, enter, type Wish } from "@/lib/teams/entry";
import { findRole } from "@/lib/teams/membership";

/** A new token for a link; only its hash is stored. */
export function newToken(): { token: string; tokenHash: Buffer } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: hashToken(token) };
}

// 256 random bits: a plain hash is enough, since guessing is hopeless.
function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/**
 * The one rule of valid invitations, for every read and use: neither used, revoked nor expired, its team exists, and
 * its maker could still make it now. So the links of a removed owner or a demoted administrator end with their
 * rights. For a query of `invitations` joined with their makers (`users`) and, if they have one, their `teams`.
 */
function isLive(): SQL | undefined {
  const isAdministrator = eq(users.role, "administrator");
  const isOwner = sql`exists (
    select 1 from ${teamMembers} where ${teamMembers.teamId} = ${invitations.teamId}
    and ${teamMembers.userId} = ${users.id} and ${teamMembers.role} = 'owner' and ${teamMembers.endedAt} is null)`;
  return and(
    isNull(invitations.acceptedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, sql`now()`),
    isNull(users.disabledAt),
    or(isNull(invitations.teamId), isNull(teams.deletedAt)),
    or(isAdministrator, isOwner),
  );
}

/** The valid invitations that meet `condition`, with their makers and teams. */
export function selectLive(db: Db | Tx, condition: SQL | undefined) {
  return db
    .select({
      id: invitations.id,
      email: invitations.email,
      opensSignUp: sql<boolean>`${invitations.opensSignUp} and ${users.role} = 'administrator'`,
      invitedBy: users.id,
      invitedByName: users.name,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
      teamId: teams.id,
      teamName: teams.name,
    })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .leftJoin(teams, eq(teams.id, invitations.teamId))
    .where(and(isLive(), condition))
    .$dynamic();
}

/** The invitation of this token if it is valid, else null, whatever the reason. */
export async function findLive(db: Db | Tx, token: string) {
  const [invitation] = await selectLive(db, eq(invitations.tokenHash, hashToken(token)));
  return invitation ?? null;
}

/** Like `findLive`, locked until the end of the transaction, so that it is used once; throws NOT_ALLOWED if it is invalid. */
export async function takeLive(tx: Tx, token: string) {
  const isIt = eq(invitations.tokenHash, hashToken(token));
  const [held] = await tx.select({ teamId: invitations.teamId }).from(invitations).where(isIt).for("update");
  // Locks the team, too: it must not be deleted while a user joins it.
  if (held?.teamId) {
    await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, held.teamId)).for("update");
  }
  const invitation = await findLive(tx, token);
  if (invitation) return invitation;
  throw new AppError({
    code: "NOT_ALLOWED",
    message: "This invitation does not work any more. Ask the sender for a new one.",
  });
}

/** The effect of a used invitation on its team: the request it stood for, and the result. */
export type Spent = { readonly team: { readonly wish: Wish; readonly entry: Entry } | null };

/**
 * Uses up an invitation that `takeLive` returned: its user joins the team, or is proposed to its owners if the maker
 * is not one of them. Null if the user was in the team or proposed already; then it stays open.
 */
export async function spend(
  tx: Tx,
  { id, teamId, invitedBy }: { id: string; teamId: string | null; invitedBy: string },
  userId: string,
): Promise<Spent | null> {
  const team = teamId === null ? null : await enterBy(tx, { teamId, invitedBy, userId });
  if (teamId !== null && team === null) return null;
  await tx
    .update(invitations)
    .set({ acceptedAt: new Date(), acceptedBy: userId })
    .where(eq(invitations.id, id));
  return { team };
}

async function enterBy(
  tx: Tx,
  { teamId, invitedBy, userId }: { teamId: string; invitedBy: string; userId: string },
) {
  if (await findRole(tx, teamId, userId)) return null;
  // The maker's role now: an owner who made it may since have left, and still be an administrator.
  const isOwnersWord = (await findRole(tx, teamId, invitedBy)) === "owner";
  const wish = { teamId, userId, role: "member", by: invitedBy, isOwnersWord } as const;
  const entry = await enter(tx, wish);
  return entry && { wish, entry };
}
