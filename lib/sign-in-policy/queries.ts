import "server-only";
import { eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { checks, credentialSecrets, credentials, servers, signInPolicies } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { assertAdministrator } from "@/lib/auth/administrators";
import { byName } from "@/lib/db/name-order";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { noRules } from "./rules";
import type { EditablePolicy, ServerPolicy } from "./types";

const { passwords, keysMustEnd, longestDays } = signInPolicies;
const rules = { passwords, keysMustEnd, longestDays };

/**
 * The policy for a server, or for all servers if `baseUrl` is null, with the number of credentials that it applies to
 * and that do not follow it. A server without one of its own starts from that for all. NOT_FOUND unless the actor is a
 * portal administrator.
 */
export async function getSignInPolicy(db: Db, actor: Actor, baseUrl: string | null): Promise<EditablePolicy> {
  assertAdministrator(actor, "server");
  const isOne = baseUrl === null ? isNull(signInPolicies.baseUrl) : eq(signInPolicies.baseUrl, baseUrl);
  const [own] = await db
    .select({ ...rules, version: signInPolicies.version })
    .from(signInPolicies)
    .where(isOne);
  const breaches = await countBreaches(db, baseUrl);
  if (own) return { ...own, breaches };
  const start = baseUrl === null ? noRules : await getSignInPolicy(db, actor, null);
  return { ...start, version: 0, breaches };
}

/** The servers with a policy of their own, by address. NOT_FOUND unless the actor is a portal administrator. */
export async function listServerPolicies(db: Db, actor: Actor): Promise<ServerPolicy[]> {
  assertAdministrator(actor, "server");
  const { baseUrl } = signInPolicies;
  const rows = await db
    .select({ baseUrl, ...rules })
    .from(signInPolicies)
    .where(isNotNull(baseUrl))
    .orderBy(byName(baseUrl))
    .limit(mostListed);
  return rows.flatMap((row) => (row.baseUrl === null ? [] : [{ ...row, baseUrl: row.baseUrl }]));
}

/** The most servers that the page lists; others are found by their address. */
const mostListed = 200;

// By the same rule as `breachOf`, so that a count reads no credential.
async function countBreaches(db: Db, baseUrl: string | null): Promise<number> {
  const own = sql`exists (select 1 from ${signInPolicies} where ${signInPolicies.baseUrl} = ${servers.baseUrl})`;
  const isConcerned = baseUrl === null ? sql`not ${own}` : sql`${servers.baseUrl} = ${baseUrl}`;
  const [row] = await rowsOf(
    db,
    sql`select count(*) as breaches from ${credentials}
      join ${servers} on ${servers.id} = ${credentials.serverId}
      join ${credentialSecrets} on ${credentialSecrets.credentialId} = ${credentials.id}
        and ${credentialSecrets.version} = ${credentials.secretVersion}
      join lateral (select * from ${signInPolicies} as policies
        where policies.base_url = ${servers.baseUrl} or policies.base_url is null
        order by policies.base_url nulls last limit 1) as policy on true
      left join lateral (${endOfKey}) as key on true
      where ${isConcerned} and (
        (${credentials.method} = 'password' and policy.passwords <> 'allow')
        or (${credentials.method} = 'api-key' and policy.keys_must_end <> 'no' and (
          key.ends_at is null
          or floor(extract(epoch from key.ends_at - ${credentialSecrets.createdAt}) / 86400) > policy.longest_days)))`,
  );
  return Number(row?.breaches ?? 0);
}

// The end by the word of the latest check that signed in, else the end of the day that a user entered.
const endOfKey: SQL = sql`select coalesce(
  (select (${checks.record} -> 'details' ->> 'keyEndsAt')::timestamptz from ${checks}
    where ${checks.credentialId} = ${credentials.id} and ${checks.secretVersion} = ${credentials.secretVersion}
      and ${checks.verdict} in ('verified', 'restricted') and ${checks.reason} is null
    order by ${checks.checkedAt} desc limit 1),
  (${credentials.keyExpiresOn} + 1)::timestamp at time zone 'UTC') as ends_at`;
