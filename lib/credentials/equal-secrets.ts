import "server-only";
import { and, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, alias, QueryBuilder } from "drizzle-orm/pg-core";
import { checks, credentialSecrets, credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { byName } from "@/lib/db/name-order";
import type { NamedCredential } from "./types";
import { isVisibleTo } from "./visibility";

/** One more than the page names, so that it can say that there are others. */
const mostEqual = 6;

/**
 * The credentials with the same secret as `id`, by name: an expression. Only those that the actor sees; nothing counts
 * the others. Both secrets must have signed in once: else a user could guess the secret of a credential that is shared
 * with them, by saving guesses without a check.
 */
export function equalSecrets(actor: Actor, id: string): SQL<NamedCredential[]> {
  const [own, other] = [alias(credentialSecrets, "own_secret"), alias(credentialSecrets, "other_secret")];
  return sql<NamedCredential[]>`(
    select coalesce(json_agg(json_build_object('id', equals.id, 'name', equals.name)), '[]') from (
      select ${credentials.id}, ${credentials.name} from ${credentialSecrets} as ${own}
      join ${credentialSecrets} as ${other} on ${eq(other.fingerprint, own.fingerprint)}
        and ${ne(other.credentialId, own.credentialId)}
      join ${credentials} on ${eq(credentials.id, other.credentialId)}
      where ${eq(own.credentialId, id)} and ${isVisibleTo(actor)} and ${hasSignedIn(own)} and ${hasSignedIn(other)}
      order by ${byName(credentials.name)}, ${credentials.id} limit ${mostEqual}) as equals)`;
}

function hasSignedIn({ credentialId, version }: Record<"credentialId" | "version", AnyPgColumn>): SQL {
  const accepted = new QueryBuilder()
    .select({ one: sql`1` })
    .from(checks)
    .where(
      and(
        ...[eq(checks.credentialId, credentialId), eq(checks.secretVersion, version)],
        ...[inArray(checks.verdict, ["verified", "restricted"]), isNull(checks.reason)],
      ),
    );
  return sql`exists (${accepted})`;
}
