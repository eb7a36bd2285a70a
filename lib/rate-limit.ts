import "server-only";
import { createHash } from "node:crypto";
import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import { rateLimits } from "@/drizzle/schema";
import type { Db, Tx } from "@/lib/db/types";
import { AppError } from "./errors";

/** A named limit: `points` uses in `seconds`, counted separately for each key. */
export type RateLimit = { readonly name: string; readonly points: number; readonly seconds: number };

/** All changes of a signed-in user. */
export const actionLimit: RateLimit = { name: "action", points: 240, seconds: 60 };
/** Files that one user uploads: each may be 200 MB. */
export const uploadLimit: RateLimit = { name: "upload", points: 30, seconds: 10 * 60 };
/** Checks that one user starts: each is traffic to another organisation's server. */
export const checkLimit: RateLimit = { name: "check", points: 60, seconds: 60 };
/** Tests of webhooks by one user: each is a call to an address that the user typed. */
export const webhookTestLimit: RateLimit = { name: "webhook-test", points: 10, seconds: 60 };
/** E-mails that one user has sent to addresses of teams: each goes to an address that the user typed. */
export const teamMailLimit: RateLimit = { name: "team-mail", points: 20, seconds: 60 * 60 };
/** E-mails to one address of teams, whoever caused them: it is not verified, so that it may be a stranger's. */
export const mailedAddressLimit: RateLimit = { name: "mailed-address", points: 60, seconds: 60 * 60 };
/** Reads of one user's calendar: programs ask a few times an hour. */
export const calendarLimit: RateLimit = { name: "calendar", points: 120, seconds: 60 * 60 };
/** Checks of one server by all users together, to protect the server from load. */
export const targetLimit: RateLimit = { name: "check-target", points: 240, seconds: 60 };
/** Scheduled checks of one server: of their own, so that they use up nothing that users need. */
export const scheduledTargetLimit: RateLimit = { name: "check-target-scheduled", points: 200, seconds: 60 };
/** Failed sign-ins to one account from one address: slows guessing down without a lasting lock-out. */
export const signInLimit: RateLimit = { name: "sign-in", points: 5, seconds: 5 * 60 };
/** Failed sign-ins to one account from all unknown devices together, at any address. */
export const accountLimit: RateLimit = { name: "sign-in-account", points: 25, seconds: 5 * 60 };
/** Failed sign-ins from one address, to any account: enough for an office behind one address. */
export const addressLimit: RateLimit = { name: "sign-in-address", points: 100, seconds: 5 * 60 };
/** Failed sign-ins to its account from one known device: unknown clients do not use it up. */
export const deviceLimit: RateLimit = { name: "sign-in-device", points: 5, seconds: 5 * 60 };
/** Wrong current passwords in one user's password changes. */
export const passwordChangeLimit: RateLimit = { name: "password-change", points: 5, seconds: 5 * 60 };
/** New accounts from one address: each costs an Argon2 hash. */
export const signUpLimit: RateLimit = { name: "sign-up", points: 60, seconds: 60 };
/** Wrong set-up tokens: limits the load of guessing; a successful guess is out of reach anyway. */
export const setUpLimit: RateLimit = { name: "set-up", points: 20, seconds: 60 };

const limitersOf = new WeakMap<Db | Tx, Map<string, RateLimiterDrizzle>>();

/** Whether a point was left; if not, how long to wait, and whether this is the first refusal since one was left. */
export type Allowance =
  | { readonly ok: true }
  | { readonly ok: false; readonly seconds: number; readonly isFirst: boolean };

/** Uses up one point of `limit` for `key`, if one is left. Atomic across processes. */
export async function tryConsume(db: Db | Tx, limit: RateLimit, key: string): Promise<Allowance> {
  try {
    await limiterFor(db, limit).consume(storedKey(key));
    return { ok: true };
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    return { ok: false, seconds, isFirst: refusal.consumedPoints === limit.points + 1 };
  }
}

/** Like `tryConsume`, but throws RATE_LIMITED with the time to wait if no point is left. */
export async function consume(db: Db | Tx, limit: RateLimit, key: string): Promise<void> {
  const allowance = await tryConsume(db, limit, key);
  if (!allowance.ok) throw tooManyAttempts(allowance.seconds);
}

/** The refusal with the time to wait. */
export function tooManyAttempts(seconds: number): AppError {
  return new AppError({
    code: "RATE_LIMITED",
    message: `Too many attempts. Try again in ${inWords(seconds)}.`,
  });
}

/** Resets what `key` has used of `limit`, after a success proved that it was no guessing. */
export async function forgive(db: Db, limit: RateLimit, key: string): Promise<void> {
  await limiterFor(db, limit).delete(storedKey(key));
}

/** Gives one used point of `limit` back to `key`, for an attempt that was no guess. */
export async function giveBack(db: Db, limit: RateLimit, key: string): Promise<void> {
  await limiterFor(db, limit).reward(storedKey(key));
}

function limiterFor(db: Db | Tx, limit: RateLimit): RateLimiterDrizzle {
  const limiters = limitersOf.get(db) ?? new Map<string, RateLimiterDrizzle>();
  limitersOf.set(db, limiters);
  const known = limiters.get(limit.name);
  if (known) return known;
  const limiter = new RateLimiterDrizzle({
    storeClient: db,
    schema: rateLimits,
    keyPrefix: limit.name,
    points: limit.points,
    duration: limit.seconds,
  });
  limiters.set(limit.name, limiter);
  return limiter;
}

// Hashed, to keep email addresses out of this table, and because a key of any length then fits.
function storedKey(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
