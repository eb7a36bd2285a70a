import "server-only";
import { and, asc, desc, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import { alias, unionAll } from "drizzle-orm/pg-core";
import { servers, serverTrusts, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { containing } from "@/lib/db/contains";
import { byName } from "@/lib/db/name-order";
import type { Db } from "@/lib/db/types";
import { notFound } from "@/lib/errors";
import { type KeyStart, type Page, readKeyPage } from "@/lib/paging";
import { canManageServers } from "./policy";
import type { KnownBitbucket, ServerSummary, ServerTrust } from "./types";

/** Servers on one page of their list. */
export const serversPerPage = 50;

/** An origin's part of a base URL: scheme, host and port. */
const originOf = sql<string>`substring(${servers.baseUrl} from '^https?://[^/]+')`;

/**
 * One page of all servers that are known or trusted and whose origin contains `text`, by origin, which is also the key of
 * its pages. NOT_FOUND if the actor does not manage servers.
 */
export async function listServers(
  db: Db,
  actor: Actor,
  { text, start }: { text: string; start: KeyStart | null },
): Promise<Page<ServerSummary>> {
  if (!canManageServers(actor)) throw notFound("server");
  const known = unionAll(
    db.select({ origin: originOf.as("origin") }).from(servers),
    db.select({ origin: serverTrusts.origin }).from(serverTrusts).where(isNull(serverTrusts.endedAt)),
  ).as("known");
  const place = byName(known.origin);
  const read = (from: KeyStart | null, limit: number) =>
    db
      .select({ origin: known.origin })
      .from(known)
      .where(
        and(
          text === "" ? undefined : sql`${known.origin} ilike ${containing(text)}`,
          from ? (from.isBefore ? lt : gt)(place, from.key) : undefined,
        ),
      )
      .groupBy(known.origin)
      .orderBy(from?.isBefore ? desc(place) : asc(place))
      .limit(limit);
  const keyOf = (row: { origin: string }) => row.origin;
  const page = await readKeyPage({ start, size: serversPerPage, read, keyOf });
  return { ...page, items: await summariesOf(db, page.items.map(keyOf)) };
}

/** The current and former trusts of an origin, newest first. NOT_FOUND if the actor does not manage servers. */
export async function listTrusts(db: Db, actor: Actor, origin: string): Promise<ServerTrust[]> {
  if (!canManageServers(actor)) throw notFound("server");
  const adder = alias(users, "adder");
  const ender = alias(users, "ender");
  const rows = await db
    .select({
      id: serverTrusts.id,
      origin: serverTrusts.origin,
      kind: serverTrusts.kind,
      sha256: serverTrusts.sha256,
      subject: serverTrusts.subject,
      names: serverTrusts.names,
      issuer: serverTrusts.issuer,
      validFrom: serverTrusts.validFrom,
      validTo: serverTrusts.validTo,
      addedBy: adder.name,
      addedAt: serverTrusts.addedAt,
      endedBy: ender.name,
      endedAt: serverTrusts.endedAt,
    })
    .from(serverTrusts)
    .innerJoin(adder, eq(adder.id, serverTrusts.addedBy))
    .leftJoin(ender, eq(ender.id, serverTrusts.endedBy))
    .where(eq(serverTrusts.origin, origin))
    .orderBy(desc(serverTrusts.addedAt), desc(serverTrusts.id));
  return rows.map(({ validFrom, validTo, addedAt, endedBy, endedAt, ...trust }) => ({
    ...trust,
    validFrom: validFrom.toISOString(),
    validTo: validTo.toISOString(),
    addedAt: addedAt.toISOString(),
    ended: endedAt && endedBy !== null ? { by: endedBy, at: endedAt.toISOString() } : null,
  }));
}

async function summariesOf(db: Db, origins: readonly string[]): Promise<ServerSummary[]> {
  if (origins.length === 0) return [];
  const [bitbuckets, trusts] = await Promise.all([
    db
      .select({
        origin: originOf,
        baseUrl: servers.baseUrl,
        version: servers.version,
        answeredAt: servers.answeredAt,
        unreachableSince: servers.unreachableSince,
        certificateEndsAt: servers.certificateEndsAt,
      })
      .from(servers)
      .where(inArray(originOf, [...origins]))
      .orderBy(byName(servers.baseUrl)),
    db
      .select({ origin: serverTrusts.origin, live: sql<number>`count(*)::int` })
      .from(serverTrusts)
      .where(sql`${inArray(serverTrusts.origin, [...origins])} and ${serverTrusts.endedAt} is null`)
      .groupBy(serverTrusts.origin),
  ]);
  return origins.map((origin) => {
    const own = bitbuckets.filter((row) => row.origin === origin);
    const newest = own
      .filter((row) => row.certificateEndsAt !== null)
      .toSorted((one, other) => Number(other.answeredAt) - Number(one.answeredAt))[0];
    return {
      origin,
      bitbuckets: own.map(bitbucketOf),
      certificateEndsAt: newest?.certificateEndsAt?.toISOString() ?? null,
      liveTrusts: trusts.find((row) => row.origin === origin)?.live ?? 0,
    };
  });
}

type BitbucketRow = {
  baseUrl: string;
  version: string | null;
  answeredAt: Date | null;
  unreachableSince: Date | null;
};

function bitbucketOf({ baseUrl, version, answeredAt, unreachableSince }: BitbucketRow): KnownBitbucket {
  return {
    baseUrl,
    version,
    answeredAt: answeredAt?.toISOString() ?? null,
    unreachableSince: unreachableSince?.toISOString() ?? null,
  };
}
