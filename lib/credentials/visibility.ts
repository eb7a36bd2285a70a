import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { credentialGrants, credentials, users } from "@/drizzle/schema";
import { type GranteeId, grantedTo, whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import type { CredentialRole } from "./policy";

/** The one rule of visibility, for every list, get, count, job and mutation: the owner, and grantees of an active grant. */
export function visibleTo(actor: Actor): SQL {
  return reachableBy(actor.userId);
}

/**
 * The same rule, asked about each row. For statements that have few rows by other conditions; `visibleTo` may collect
 * all that the actor sees.
 */
export function isVisibleTo(actor: Actor): SQL {
  return sql`${roleOf(actor)} is not null`;
}

/**
 * The same rule for a user other than the actor, such as the owner of a source that uses the credential; without the
 * access through the team `without`.
 */
export function reachableBy(grantee: GranteeId, without?: string): SQL {
  const own = alias(credentials, "own_credentials");
  // A list of ids instead of OR: each half can use an index.
  return sql`${credentials.id} in (
    select ${own.id} from ${credentials} as ${own} where ${own.ownerId} = ${grantee}
    union all
    select ${credentialGrants.credentialId} from ${credentialGrants} where ${grantedTo(credentialGrants, grantee, without)})`;
}

/** True if the owner's account is disabled: then the credential is suspended for every user. */
export function isOwnerDisabled(): SQL<boolean> {
  const owner = alias(users, "credential_owner");
  return whole(sql<boolean>`exists (
    select 1 from ${users} as ${owner} where ${owner.id} = ${credentials.ownerId} and ${owner.disabledAt} is not null)`);
}

/** The actor's role on a credential of the query: the strongest of all access paths, null without one. */
export function roleOf(actor: { readonly userId: GranteeId }): SQL<CredentialRole | null> {
  // The stronger of the two grantable roles also comes first in the alphabet.
  return whole(sql<CredentialRole | null>`case when ${credentials.ownerId} = ${actor.userId} then 'owner' else (
    select min(${credentialGrants.role}) from ${credentialGrants}
    where ${credentialGrants.credentialId} = ${credentials.id} and ${grantedTo(credentialGrants, actor.userId)}) end`);
}
