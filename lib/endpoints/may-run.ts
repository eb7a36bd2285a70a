import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { credentials, endpoints, users } from "@/drizzle/schema";
import { isOwnerDisabled, reachableBy } from "@/lib/credentials/visibility";
import { seenBy } from "./visibility";

/** What is imagined to be over, to ask what would stop: everybody's access through a team, or a user's account. */
export type Loss =
  | { readonly kind: "team"; readonly teamId: string }
  | { readonly kind: "account"; readonly userId: string };

/**
 * True of an endpoint that may sign in to its server: its owner's account is enabled and may use the credential, and
 * the account of the credential's owner is enabled. Every run asks this before it stores or sends anything.
 */
export function maySignIn(loss?: Loss): SQL {
  const owner = alias(users, "endpoint_owner");
  const without = loss?.kind === "team" ? loss.teamId : undefined;
  const isKept = (id: typeof endpoints.ownerId | typeof credentials.ownerId) =>
    loss?.kind === "account" ? sql` and ${id} <> ${loss.userId}` : sql``;
  return sql`(exists (select 1 from ${users} as ${owner}
      where ${owner.id} = ${endpoints.ownerId} and ${owner.disabledAt} is null${isKept(endpoints.ownerId)})
    and exists (select 1 from ${credentials} where ${credentials.id} = ${endpoints.credentialId}
      and ${reachableBy(sql`${endpoints.ownerId}`, without)} and not ${isOwnerDisabled()}${isKept(credentials.ownerId)}))`;
}

/**
 * True of an endpoint that a loss would stop: it may sign in now and could not then, or its owner would not see the
 * source any more that its records come from.
 */
export function wouldStop(loss: Loss): SQL {
  return sql`${maySignIn()} and (not ${maySignIn(loss)} or (${seesInput()} and not ${seesInput(loss)}))`;
}

function seesInput(loss?: Loss): SQL {
  const without = loss?.kind === "team" ? loss.teamId : undefined;
  return sql`(${endpoints.inputSourceId} is null
    or ${seenBy(sql`${endpoints.ownerId}`, endpoints.inputSourceId, without)})`;
}
