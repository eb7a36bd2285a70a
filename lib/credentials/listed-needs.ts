import "server-only";
import { isNotNull, type SQL, sql } from "drizzle-orm";
import { credentialListings, users } from "@/drizzle/schema";
import type { GranteeId } from "@/lib/access/grants";
import { countListed, firstListed, granteesOf } from "@/lib/access/listings";
import type { Actor } from "@/lib/actor";
import { endsSoonDays } from "./shown-status";

const listing = credentialListings;

/** The condition for listed credentials whose owner's account is enabled. */
export const isNotSuspended = sql`${listing.ownerId} not in (
  select ${users.id} from ${users} where ${isNotNull(users.disabledAt)})`;

// A credential that its server refused says so first, whatever its end. In letters, for the partial index.
const isRefused = sql`${listing.status} in ('rejected', 'locked')`;

/** The conditions for listed credentials that nobody can sign in with. */
export const isListedAs = {
  rejected: sql`${listing.status} = 'rejected'`,
  locked: sql`${listing.status} = 'locked'`,
  ended: sql`(not ${isRefused} and ${listing.endsAt} <= now())`,
} as const;

/** The condition for listed credentials whose key ends within `days` days, if nothing else is said against them. */
export function endsWithin(days: number): SQL {
  return sql`(not ${isRefused} and ${listing.endsAt} > now()
    and ${listing.endsAt} < now() + ${days} * interval '1 day')`;
}

/** How far ahead the start page tells what ends. */
export const tellEndsDays = 90;

/**
 * The ids of the first credentials that need the actor, without suspended ones, to join as `listed`: `needs` of each
 * kind, and the soonest `ends` of those that end. As `listedRows`, it says nothing about rights.
 */
export function listedInNeed(actor: Actor, { needs, ends }: { needs: number; ends: number }): SQL {
  const [byCreation, byEnd] = [listing.createdAt, listing.endsAt];
  return sql`(select id from ${first(actor, isListedAs.rejected, byCreation, needs)} as rejected
    union select id from ${first(actor, isListedAs.locked, byCreation, needs)} as locked
    union select id from ${first(actor, isListedAs.ended, byEnd, needs)} as ended
    union select id from ${first(actor, endsWithin(tellEndsDays), byEnd, ends, true)} as ending) as listed`;
}

type Instant = typeof listing.createdAt | typeof listing.endsAt;

function first(actor: Actor, where: SQL, at: Instant, limit: number, isSoonest = false): SQL {
  return firstListed({
    ...{ listing, id: listing.credentialId, order: { by: at, is: "instant", isAscending: isSoonest } },
    ...{ grantees: granteesOf(actor.userId), where: sql`${where} and ${isNotSuspended}`, limit },
  });
}

/** How many of those that a user sees have each need, `most` at most: expressions. */
export function countInNeed(userId: GranteeId, most: number) {
  const count = (where: SQL, at: Instant = listing.createdAt) =>
    countListed(
      {
        ...{ listing, id: listing.credentialId, order: { by: at, is: "instant" } },
        grantees: granteesOf(userId),
        where: sql`${where} and ${isNotSuspended}`,
      },
      most,
    );
  return {
    rejected: count(isListedAs.rejected),
    locked: count(isListedAs.locked),
    ended: count(isListedAs.ended, listing.endsAt),
    endsSoon: count(endsWithin(endsSoonDays), listing.endsAt),
  };
}
