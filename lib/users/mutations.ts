import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import type { Actor, Visitor } from "@/lib/actor";
import { changed, changeWith } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import { didLast, isJustNow } from "@/lib/audit/last-done";
import { lockOtherUser } from "@/lib/auth/administrators";
import { issueDevice } from "@/lib/auth/known-device";
import { hashPassword } from "@/lib/auth/passwords";
import { openSession, restoreSessionsOf, revokeSessionsOf } from "@/lib/auth/sessions";
import { isSetUpToken, openSetUpToken } from "@/lib/auth/set-up-token";
import { enterAsOutsider, lineIsFull } from "@/lib/auth/sign-in-line";
import { advisoryLocks } from "@/lib/db/locks";
import type { Db, Tx } from "@/lib/db/types";
import { violatesUnique } from "@/lib/db/violations";
import { requireSeen, stopsOfAccount } from "@/lib/endpoints/stops";
import type { Environment } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { addressKey } from "@/lib/http/client-address";
import { findLive, type Spent, spend, takeLive } from "@/lib/invitations/live-invitation";
import { tellTeamsOf } from "@/lib/notices/tell";
import { endOpenResets, restoreResets } from "@/lib/password-resets/live-reset";
import { consume, setUpLimit, signUpLimit } from "@/lib/rate-limit";
import { Secret } from "@/lib/secret";
import { entryEvents } from "@/lib/teams/entry";
import type { ChangeRoleInput, SignUpInput } from "./schema";
import type { PortalRole } from "./types";

/**
 * A new account's first session, and the team of its invitation. `isProposed`: an owner of that team has to agree
 * before the user can see it.
 */
export type SignedUp = {
  readonly token: string;
  /** The cookie value that identifies the browser from now on. */
  readonly device: string;
  readonly teamId: string | null;
  readonly isProposed: boolean;
};

/**
 * Creates an account and opens its first session. The first account becomes portal administrator. An invitation is
 * used up: it permits the sign-up where `policy` requires one, and adds the user to its team. NOT_ALLOWED if `policy`
 * or an invalid invitation forbids it, CONFLICT at the email if it has an account, RATE_LIMITED if the limit of the
 * address or the queue for hashing is full. If other machines can reach the portal, the first account also needs the
 * set-up token.
 */
export async function signUp(
  db: Db,
  visitor: Visitor,
  input: SignUpInput,
  policy: Environment["SIGN_UP"],
): Promise<SignedUp> {
  // Looked up first, because a hash costs more than this query.
  const asFound = input.invitation ? await findLive(db, input.invitation) : null;
  await requireWayIn(db, policy, asFound, input.setUpToken ?? "");
  await consume(db, signUpLimit, addressKey(visitor.origin.address));
  if (await hasAccount(db, input.email)) throw emailTaken();
  const passwordHash = await hashInLine(visitor, input.password);
  try {
    return await changeWith<SignedUp>(db, visitor, async (tx) => {
      // Sign-ups take this lock, so that exactly one of them is the first.
      await tx.execute(sql`select pg_advisory_xact_lock(${advisoryLocks.firstAccount})`);
      const invitation = input.invitation ? await takeLive(tx, input.invitation) : null;
      const role = await requireWayIn(tx, policy, invitation, input.setUpToken ?? "");
      const [user] = await tx
        .insert(users)
        .values({ name: input.name, email: input.email, passwordHash, role })
        .returning({ id: users.id });
      if (!user) throw new Error("the new user was not returned");
      const spent = invitation ? await spend(tx, invitation, user.id) : null;
      const token = await openSession(tx, user.id, visitor);
      const isProposed = spent?.team?.entry.kind === "proposed";
      const device = await issueDevice({ email: input.email, passwordHash });
      const events = signUpEvents({ userId: user.id, role, invitationId: invitation?.id ?? null, spent });
      const teamId = isProposed ? null : (invitation?.teamId ?? null);
      return changed(events, { token, device, teamId, isProposed });
    });
  } catch (error) {
    if (violatesUnique(error, "users_email_unique")) throw emailTaken();
    throw error;
  }
}

async function hasAccount(db: Db, email: string): Promise<boolean> {
  return (await db.$count(users, eq(users.email, email))) > 0;
}

async function hashInLine(visitor: Visitor, password: string): Promise<string> {
  const place = await enterAsOutsider(visitor);
  if (!place) throw lineIsFull();
  try {
    return await hashPassword(Secret.of(password));
  } finally {
    place.leave();
  }
}

// The role of the new account; throws if sign-up is not permitted.
async function requireWayIn(
  db: Db | Tx,
  policy: Environment["SIGN_UP"],
  invitation: { opensSignUp: boolean } | null,
  setUpToken: string,
): Promise<PortalRole> {
  const [anyone] = await db.select({ id: users.id }).from(users).limit(1);
  if (anyone === undefined) {
    await requireSetUpToken(db, setUpToken);
    return "administrator";
  }
  if (policy === "open" || (policy === "invite" && invitation?.opensSignUp)) return "member";
  throw signUpClosed(policy);
}

// A valid token is never delayed by other users' guesses.
async function requireSetUpToken(db: Db | Tx, given: string): Promise<void> {
  const token = await openSetUpToken(db);
  if (token === null || isSetUpToken(given, token)) return;
  await consume(db, setUpLimit, "everyone");
  throw new AppError({
    code: "NOT_ALLOWED",
    message: "Some fields need your attention.",
    fieldErrors: {
      setUpToken: given.trim()
        ? "This is not the set-up token. The portal printed it when it started: copy it from there."
        : "The first account needs the set-up token that the portal printed when it started.",
    },
  });
}

type NewAccount = {
  userId: string;
  role: PortalRole;
  invitationId: string | null;
  spent: Spent | null;
};

function signUpEvents({ userId, role, invitationId, spent }: NewAccount): [AuditEvent, ...AuditEvent[]] {
  const signedUp: AuditEvent = {
    event: "user.signed-up",
    subjectId: userId,
    details: { role, invitationId },
  };
  if (!spent?.team) return [signedUp];
  const { wish, entry } = spent.team;
  return [signedUp, ...entryEvents(wish, { entry, wasMember: false, invitationId })];
}

/**
 * Disables an account until it is enabled again, and ends its sessions; returns how many. For portal administrators.
 * CONFLICT if it is disabled already, or if more would stop than the actor was told.
 */
export async function disableUser(db: Db, actor: Actor, userId: string, stopsSeen?: number): Promise<number> {
  return changeWith(db, actor, async (tx) => {
    const user = await lockOther(tx, actor, userId);
    if (user.disabledAt) throw changedMeanwhile();
    if (stopsSeen !== undefined) requireSeen(await stopsOfAccount(tx, actor, userId), stopsSeen, "Disable");
    // One instant for all, by which an undo finds what ended.
    const now = new Date();
    await tx.update(users).set({ disabledAt: now }).where(eq(users.id, userId));
    await endOpenResets(tx, userId, now);
    const endedSessions = await revokeSessionsOf(tx, userId, undefined, now);
    return changed({ event: "user.disabled", subjectId: userId, details: { endedSessions } }, endedSessions);
  });
}

/**
 * Enables an account again. For portal administrators. The account regains its teams' access, so their owners are
 * told and the teams' histories record it.
 */
export async function enableUser(db: Db, actor: Actor, userId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const user = await lockOther(tx, actor, userId);
    if (!user.disabledAt) throw changedMeanwhile();
    await tx.update(users).set({ disabledAt: null }).where(eq(users.id, userId));
    const told = { kind: "team-member-enabled", aboutId: userId, byId: actor.userId } as const;
    const theirTeams = await tellTeamsOf(tx, told);
    const details = { userId: userId };
    const inTeams = theirTeams.map(
      (subjectId): AuditEvent => ({ event: "team.member-enabled", subjectId, details }),
    );
    return changed([{ event: "user.enabled", subjectId: userId, details: {} }, ...inTeams]);
  });
}

/**
 * Undoes `disableUser` within a minute: the account is as it was, with its sessions and open reset links. For the
 * administrator who disabled it; CONFLICT for others, later, and after another change of the account.
 */
export async function undoDisable(db: Db, actor: Actor, userId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const { disabledAt } = await lockOther(tx, actor, userId);
    // What came later must hold: it has ended sessions and links for good.
    const orElse = ["user.enabled", "user.role-changed", "user.sessions-ended"] as const;
    const isTheirs = await didLast(tx, actor, { subjectId: userId, event: "user.disabled", orElse });
    const enabled = await tx
      .update(users)
      .set({ disabledAt: null })
      .where(and(eq(users.id, userId), isJustNow(users.disabledAt)))
      .returning({ id: users.id });
    if (!disabledAt || !isTheirs || enabled.length === 0) throw tooLateToUndo();
    await restoreResets(tx, userId, disabledAt);
    const restoredSessions = await restoreSessionsOf(tx, userId, disabledAt);
    return changed({ event: "user.restored", subjectId: userId, details: { restoredSessions } });
  });
}

/**
 * Changes a user's role in the portal and ends their sessions, so that none continues under the old role; returns how
 * many. For portal administrators.
 */
export async function changeRole(db: Db, actor: Actor, { userId, role }: ChangeRoleInput): Promise<number> {
  return changeWith(db, actor, async (tx) => {
    const user = await lockOther(tx, actor, userId);
    if (user.role === role) throw changedMeanwhile();
    await tx.update(users).set({ role }).where(eq(users.id, userId));
    // A reset link for a member must not let its holder into an administrator's account.
    await endOpenResets(tx, userId);
    const endedSessions = await revokeSessionsOf(tx, userId);
    return changed(
      { event: "user.role-changed", subjectId: userId, details: { role, endedSessions } },
      endedSessions,
    );
  });
}

/** Ends all sessions of a user; returns how many. For portal administrators. */
export async function signOutEverywhere(db: Db, actor: Actor, userId: string): Promise<number> {
  return changeWith(db, actor, async (tx) => {
    await lockOther(tx, actor, userId);
    const endedSessions = await revokeSessionsOf(tx, userId);
    return changed(
      { event: "user.sessions-ended", subjectId: userId, details: { which: "all", endedSessions } },
      endedSessions,
    );
  });
}

/**
 * Locks the account that an administrator is about to change: never their own. Since the acting administrator stays
 * enabled, the portal can never lose its last one. NOT_FOUND unless the actor is a portal administrator.
 */
function lockOther(tx: Tx, actor: Actor, userId: string) {
  const aboutOwn = "You cannot do this to your own account. Another portal administrator can.";
  return lockOtherUser(tx, actor, userId, aboutOwn);
}

function signUpClosed(policy: Environment["SIGN_UP"]): AppError {
  const message =
    policy === "invite"
      ? "New accounts need an invitation. Ask your portal's administrator for one."
      : "This portal takes no new accounts. Ask your portal's administrator.";
  return new AppError({ code: "NOT_ALLOWED", message });
}

function emailTaken(): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "Some fields need your attention.",
    fieldErrors: { email: "There is already an account with this email address. Sign in instead." },
  });
}

function tooLateToUndo(): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "This cannot be undone any more. Enable the account, if it should be used again.",
  });
}

function changedMeanwhile(): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "This account was changed meanwhile. Load the page again to see its current state.",
  });
}
