import { and, asc, desc, eq, isNotNull, isNull, not, notInArray, or, type SQL, sql } from "drizzle-orm";
import { credentials, endpoints, servers, users } from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { latestCheck } from "@/lib/credentials/checks/latest-check";
import type { ListedCredentials } from "@/lib/credentials/listed";
import type { TileGroup } from "@/lib/credentials/schema";
import { isOwnerDisabled, visibleTo } from "@/lib/credentials/visibility";
import { contains } from "@/lib/db/contains";
import { byName } from "@/lib/db/name-order";
import type { Db } from "@/lib/db/types";

/** A list by the rule of visibility and the credentials' own rows. */
export async function visibleIds(db: Db, actor: Actor, wanted: ListedCredentials): Promise<string[]> {
  const latest = latestCheck(db);
  const rows = await db
    .select({ id: credentials.id })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .leftJoinLateral(latest, sql`true`)
    .where(
      and(
        visibleTo(actor),
        isInGroup(actor, wanted.group),
        hasStatus(),
        hasText(),
        isOn(),
        isOwned(),
        hasTag(),
        isUsedAs(),
      ),
    )
    .orderBy(...inOrder());
  return rows.map(({ id }) => id);

  function inOrder(): SQL[] {
    if (wanted.sort === "name") return [byName(credentials.name), asc(credentials.id)];
    if (wanted.sort === "ending") return [sql`${endsAt} asc nulls last`, asc(credentials.id)];
    return [desc(credentials.createdAt), desc(credentials.id)];
  }

  function hasStatus(): SQL | undefined {
    const { status } = wanted;
    if (!status) return undefined;
    if (status === "suspended") return isOwnerDisabled();
    return and(not(isOwnerDisabled()), shows(status));
  }

  function shows(status: Exclude<NonNullable<ListedCredentials["status"]>, "suspended">): SQL | undefined {
    const isRefused = sql`coalesce(${latest.verdict} in ('rejected', 'locked'), false)`;
    const hasEnded = sql`coalesce(${endsAt} <= now(), false)`;
    if (status === "unreachable") return isNotNull(servers.unreachableSince);
    if (status === "rejected" || status === "locked") return eq(latest.verdict, status);
    if (status === "ended") return and(not(isRefused), hasEnded);
    if (status === "ends-soon") {
      return and(not(isRefused), sql`${endsAt} > now() and ${endsAt} < now() + interval '30 days'`);
    }
    return and(not(hasEnded), status === "unproven" ? isNull(latest.verdict) : eq(latest.verdict, status));
  }

  function isOn(): SQL | undefined {
    const { server } = wanted;
    if (!server) return undefined;
    return or(sql`${servers.id}::text = ${server}`, contains(servers.baseUrl, server));
  }

  function isOwned(): SQL | undefined {
    const { owner } = wanted;
    if (!owner) return undefined;
    return or(sql`${users.id}::text = ${owner}`, contains(users.name, owner));
  }

  function hasTag(): SQL | undefined {
    const { tag } = wanted;
    return tag
      ? sql`lower(${tag}) in (select lower(tag) from unnest(${credentials.tags}) as tag)`
      : undefined;
  }

  function isUsedAs(): SQL | undefined {
    if (wanted.use === "idle")
      return and(isLongAgo(credentials.createdAt), isLongAgo(credentials.lastUsedAt));
    const used = db
      .select({ id: endpoints.credentialId })
      .from(endpoints)
      .where(isNotNull(endpoints.credentialId));
    return wanted.use ? notInArray(credentials.id, used) : undefined;
  }

  function hasText(): SQL | undefined {
    const { q } = wanted;
    if (!q) return undefined;
    return or(
      contains(credentials.name, q),
      contains(credentials.description, q),
      contains(servers.baseUrl, q),
      sql`exists (select 1 from unnest(${credentials.tags}) as tag where strpos(lower('#' || tag), lower(${q})) > 0)`,
    );
  }
}

function isInGroup(actor: Actor, group: TileGroup): SQL | undefined {
  if (group.kind === "all") return undefined;
  if (group.kind === "mine") return sql`${credentials.ownerId} = ${actor.userId}`;
  if (group.kind === "shared") return sql`${credentials.ownerId} <> ${actor.userId}`;
  return sql`${credentials.id} in (select credential_id from credential_grants
    join team_members on team_members.team_id = credential_grants.team_id
    where team_members.user_id = ${actor.userId} and team_members.ended_at is null
      and credential_grants.ended_at is null and credential_grants.team_id = ${group.teamId})`;
}

// By whole days in UTC, as the listing has them.
const isLongAgo = (at: typeof credentials.createdAt | typeof credentials.lastUsedAt) =>
  sql`coalesce(date_trunc('day', ${at} at time zone 'UTC')
    < date_trunc('day', now() at time zone 'UTC') - interval '90 days', true)`;

const endsAt = whole(sql`coalesce((select (record->'details'->>'keyEndsAt')::timestamptz from checks
  where credential_id = ${credentials.id} and checks.secret_version = ${credentials.secretVersion}
    and verdict in ('verified', 'restricted') order by checked_at desc limit 1),
  (${credentials.keyExpiresOn} + 1)::timestamp at time zone 'UTC')`);
