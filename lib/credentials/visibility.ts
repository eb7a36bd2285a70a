import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { credentialGrants, credentials, users } from "@/drizzle/schema";
import { type GranteeId, grantedTo, whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import type { CredentialRole } from "./policy";

/** The one rule of who sees a credential, for every list, get, count, job and mutation: its owner, and whom a grant reaches. */
export function visibleTo(actor: Actor): SQL {
  return reachableBy(actor.userId);
}

/** The same rule for a user who is not the one asking, such as the owner of a source that uses the credential. */
export function reachableBy(grantee: GranteeId): SQL {
  const own = alias(credentials, "own_credentials");
  // A list of ids instead of one condition with OR: each half of it is answered by an index.
  return sql`${credentials.id} in (
    select ${own.id} from ${credentials} as ${own} where ${own.ownerId} = ${grantee}
    union all
    select ${credentialGrants.credentialId} from ${credentialGrants} where ${grantedTo(credentialGrants, grantee)})`;
}

/** Whether the account of the owner of a credential of the query is disabled: then it is suspended, for everybody. */
export function isOwnerDisabled(): SQL<boolean> {
  const owner = alias(users, "credential_owner");
  return whole(sql<boolean>`exists (
    select 1 from ${users} as ${owner} where ${owner.id} = ${credentials.ownerId} and ${owner.disabledAt} is not null)`);
}

/** What the actor is to a credential of the query: the strongest of all the ways that lead to it, null for none. */
export function roleOf(actor: Actor): SQL<CredentialRole | null> {
  // Of the two roles that can be given, the stronger comes first in the alphabet too.
  return whole(sql<CredentialRole | null>`case when ${credentials.ownerId} = ${actor.userId} then 'owner' else (
    select min(${credentialGrants.role}) from ${credentialGrants}
    where ${credentialGrants.credentialId} = ${credentials.id} and ${grantedTo(credentialGrants, actor.userId)}) end`);
}
