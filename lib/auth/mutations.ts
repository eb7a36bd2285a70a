import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import type { Actor, Visitor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import type { Db, Tx } from "@/lib/db/types";
import { writeMessage } from "@/lib/notifications/writing/write";
import { Secret } from "@/lib/secret";
import { recordFailedSignIns } from "./failed-sign-ins";
import { findDevice, issueDevice, type KnownDevice } from "./known-device";
import { hashPassword, verifyPassword } from "./passwords";
import type { SignInInput } from "./schema";
import { openSession, revokeSession } from "./sessions";
import { forgiveAttempts, takeAttempt } from "./sign-in-limits";
import { enterAsKnown, enterAsOutsider } from "./sign-in-line";
import { isTurnedAway } from "./turned-away";

/** The result of a sign-in attempt: a session token and a device token, or one answer for every kind of failure. */
export type SignInOutcome =
  | { readonly ok: true; readonly token: string; readonly device: string }
  | { readonly ok: false; readonly reason: "not-accepted" | "rate-limited" | "busy" };

/**
 * Opens a session for the right email and password. Known, unknown and disabled accounts get the same answer, in
 * words and time. `devices` are the browser's tokens from earlier sign-ins. If the limits of address and account
 * apply, or the queue for hashing is full, the client is told before a password is hashed.
 */
export async function signIn(
  db: Db,
  visitor: Visitor,
  input: SignInInput,
  devices: readonly string[] = [],
): Promise<SignInOutcome> {
  const device = await findDevice(devices, input.email);
  if (!device && isTurnedAway(visitor)) return { ok: false, reason: "rate-limited" };
  const place = await (device ? enterAsKnown(device.deviceId) : enterAsOutsider(visitor));
  if (!place) return { ok: false, reason: "busy" };
  try {
    return await tryPassword(db, visitor, input, device);
  } finally {
    place.leave();
  }
}

async function tryPassword(
  db: Db,
  visitor: Visitor,
  { email, password: text }: SignInInput,
  device: KnownDevice | null,
): Promise<SignInOutcome> {
  const [user] = await db
    .select({ id: users.id, passwordHash: users.passwordHash, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.email, email))
    .limit(1);
  const refuse = async (reason: "not-accepted" | "rate-limited"): Promise<SignInOutcome> => {
    await recordFailedSignIns(db, visitor, { userId: user?.id ?? null, reason });
    return { ok: false, reason };
  };
  const attempt = { email, device, account: user && { email, passwordHash: user.passwordHash } };
  // An attempt is counted before the password is checked, so that parallel guesses cannot slip under the limit.
  if (!(await takeAttempt(db, visitor, attempt))) return refuse("rate-limited");
  const password = Secret.of(text);
  const { isRight, isOldSpelling } = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !isRight || user.disabledAt) return refuse("not-accepted");
  const passwordHash = isOldSpelling ? await hashPassword(password) : user.passwordHash;
  const token = await changeWith<string | null>(db, visitor, async (tx) => {
    // Read again under a lock: a password changed, or an account disabled, while the hash was computed must not leave
    // a session behind.
    const isStill = and(
      eq(users.id, user.id),
      eq(users.passwordHash, user.passwordHash),
      isNull(users.disabledAt),
    );
    const [still] = await tx.select({ id: users.id }).from(users).where(isStill).for("no key update");
    if (!still) return unchanged(null);
    if (isOldSpelling) await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id));
    const opened = await openSession(tx, user.id, visitor);
    // A browser that has signed in before is no news.
    if (!device) await tellSignIn(tx, user.id, visitor);
    return changed({ event: "user.signed-in", subjectId: user.id, details: {} }, opened);
  });
  if (!token) return refuse("not-accepted");
  await forgiveAttempts(db, visitor, attempt);
  return { ok: true, token, device: await issueDevice({ email, passwordHash }) };
}

async function tellSignIn(tx: Tx, userId: string, { browser = null }: Visitor): Promise<void> {
  const news = { kind: "new-sign-in", browser } as const;
  // Each sign-in is an event of its own, and its transaction happens once.
  await writeMessage(tx, [userId], { eventKey: `sign-in:${randomUUID()}`, news });
}

/** Ends the actor's own session. */
export async function signOut(db: Db, actor: Actor): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    await revokeSession(tx, actor.sessionId);
    return changed({ event: "user.signed-out", subjectId: actor.userId, details: {} });
  });
}
