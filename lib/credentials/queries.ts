import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { credentials, endpoints, servers, users } from "@/drizzle/schema";
import { inListedOrder, listedKey, listedKeyOf } from "@/lib/access/listings";
import type { Actor } from "@/lib/actor";
import { readBaseUrl } from "@/lib/connectors/base-url";
import type { FailureReason, SignIn } from "@/lib/connectors/types";
import type { CredentialTarget } from "@/lib/credentials/checks/check";
import { readCheckRecord } from "@/lib/credentials/checks/details";
import type { FailureReader } from "@/lib/credentials/checks/for-reader";
import {
  acceptedBefore,
  checkColumns,
  keptCheckOf,
  latestCheck,
  newestCheck,
} from "@/lib/credentials/checks/latest-check";
import { refusalReasonOf, type SignInRefusal } from "@/lib/credentials/lockout/rules";
import { openSecret } from "@/lib/credentials/secrets/store";
import type { CheckedVersion } from "@/lib/credentials/secrets/types";
import type { Db, Tx } from "@/lib/db/types";
import { notFound } from "@/lib/errors";
import { type CountedPage, createdAtOf, type Page, type PageStart, readPage } from "@/lib/paging";
import type { Secret } from "@/lib/secret";
import { equalSecrets } from "./equal-secrets";
import { countOfListed, type ListedCredentials, listedFor, orderOf } from "./listed";
import { type CredentialOperation, isSuspendedFor, mayOnCredential } from "./policy";
import { changeNotAllowed, suspended } from "./require-right";
import { type CredentialFilter, credentialIdSchema, tileGroupSchema } from "./schema";
import { selectTiles, tileColumns, tileOf } from "./tile-rows";
import type {
  ChangeableCredential,
  CredentialDetails,
  CredentialTile,
  ListedCredential,
  NamedCredential,
} from "./types";
import { isVisibleTo, roleOf, visibleTo } from "./visibility";

/** Tiles on one page of the Authenticate screen. */
export const tilesPerPage = 48;

/** One page of the actor's tiles, newest first; all of them, or those that are wanted. */
export async function listCredentialTiles(
  db: Db,
  actor: Actor,
  start: PageStart | null,
  wanted: Omit<ListedCredentials, "status" | "sort"> = { group: { kind: "all" } },
): Promise<Page<CredentialTile>> {
  const read = (from: PageStart | null, limit: number) =>
    selectTiles(db, actor)
      .innerJoin(listedFor(actor, wanted, { start: from, limit }), isListed)
      .where(isVisibleTo(actor))
      .orderBy(...inListedOrder(orderOf(null), from))
      .limit(limit);
  return readPage({ start, size: tilesPerPage, read, keyOf: createdAtOf }, tileOf);
}

const isListed = sql`listed.id = ${credentials.id}`;

/** One credential as a tile. Null for ids that are absent, malformed or not visible. */
export async function findCredentialTile(db: Db, actor: Actor, id: string): Promise<CredentialTile | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const [row] = await selectTiles(db, actor).where(and(visibleTo(actor), eq(credentials.id, id)));
  return row ? tileOf(row) : null;
}

/** One credential as a tile. Throws NOT_FOUND for ids that are absent, malformed or not visible. */
export async function getCredentialTile(db: Db, actor: Actor, id: string): Promise<CredentialTile> {
  const tile = await findCredentialTile(db, actor, id);
  if (!tile) throw notFound("credential");
  return tile;
}

/** One credential as its own page shows it. Null for ids that are absent, malformed or not visible. */
export async function findCredentialDetails(
  db: Db,
  actor: Actor,
  id: string,
): Promise<CredentialDetails | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const [latest, newest] = [latestCheck(db), newestCheck(db)];
  const accepted = acceptedBefore(db, latest);
  const [row] = await db
    .select({
      tile: tileColumns(actor, latest, accepted),
      newest: checkColumns(newest),
      equals: equalSecrets(actor, id),
    })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .leftJoinLateral(latest, sql`true`)
    .leftJoinLateral(accepted, sql`true`)
    .leftJoinLateral(newest, sql`true`)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  if (!row) return null;
  const tile = tileOf(row.tile);
  return {
    ...tile,
    newestCheck: keptCheckOf(row.newest, { ...tile, ...readerOf(tile) }),
    equals: row.equals,
  };
}

function readerOf({
  role,
  ownerName,
  isSuspended,
}: Pick<CredentialTile, "role" | "ownerName" | "isSuspended">): FailureReader {
  return { mayReplace: mayOnCredential(role, "replaceSecret"), ownerName, isSuspended };
}

/** The other credentials with the same secret, as its page names them; none without such a credential for the actor. */
export async function listEqualSecrets(
  db: Db,
  actor: Actor,
  id: string,
): Promise<readonly NamedCredential[]> {
  if (!credentialIdSchema.safeParse(id).success) return [];
  const [row] = await db
    .select({ equals: equalSecrets(actor, id) })
    .from(credentials)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  return row?.equals ?? [];
}

/** One version of a stored secret, opened for a check. Holds the secret: use it for nothing else. */
export type StoredSignIn = {
  readonly checked: CheckedVersion;
  readonly target: CredentialTarget;
  readonly refusedBefore: SignInRefusal | null;
  readonly mayTryAgain: boolean;
  /** To whom a failed check is told. */
  readonly reader: FailureReader;
  /** The latest check was sent past a proxy that turns visitors away; its override stays valid for this server. */
  readonly pastProxy: "proven" | null;
  /** Why the latest check refused the credential; null if it did not. */
  readonly refusedAs: FailureReason | null;
  /** The account and the server's version as last seen; null if unknown. */
  readonly accountName: string | null;
  readonly serverVersion: string | null;
};

/**
 * A credential's sign-in, for a check or for reading with it. NOT_FOUND as for `getCredentialTile`; NOT_ALLOWED while
 * it is suspended.
 */
export async function getSignIn(
  db: Db,
  actor: Actor,
  id: string,
  operation: "check" | "use" = "check",
): Promise<StoredSignIn> {
  if (!credentialIdSchema.safeParse(id).success) throw notFound("credential");
  const latest = latestCheck(db);
  const accepted = acceptedBefore(db, latest);
  const [row] = await db
    .select({
      tile: tileColumns(actor, latest, accepted),
      ownerId: credentials.ownerId,
      version: credentials.secretVersion,
      reason: latest.reason,
    })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .leftJoinLateral(latest, sql`true`)
    .leftJoinLateral(accepted, sql`true`)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  if (!row || !mayOnCredential(row.tile.role, operation)) throw notFound("credential");
  const tile = tileOf(row.tile);
  if (isSuspendedFor(operation, tile.isSuspended)) throw suspended();
  const { ownerId, version } = row;
  const { checkedAt } = row.tile;
  const baseUrl = readBaseUrl(tile.baseUrl);
  const secret = await openSecret(db, { credentialId: id, ownerId, baseUrl, version });
  if (baseUrl === null) throw new Error("a secret opened for an invalid base URL");
  const reason = refusalReasonOf(row.reason);
  return {
    checked: { credentialId: id, secretVersion: version },
    target: { kind: tile.kind, baseUrl, signIn: signInOf(tile, secret) },
    refusedBefore: reason && checkedAt ? { reason, at: checkedAt } : null,
    mayTryAgain: mayOnCredential(tile.role, "tryAgain"),
    reader: readerOf(tile),
    pastProxy: readCheckRecord(row.tile.record).warnings.includes("BEHIND_FRONT") ? "proven" : null,
    // Only this domain writes the column, always with one of these values.
    refusedAs: tile.status === "rejected" || tile.status === "locked" ? (row.reason as FailureReason) : null,
    accountName: tile.account?.name ?? null,
    serverVersion: tile.serverVersion,
  };
}

function signInOf(tile: Pick<CredentialTile, "method" | "username">, secret: Secret): SignIn {
  if (tile.method === "password") return { scheme: "basic", username: tile.username ?? "", password: secret };
  return { scheme: "bearer", apiKey: secret, expectedAccount: tile.username };
}

/** True if the actor already owns a credential of that name, ignoring case. */
export async function ownsCredentialNamed(db: Db | Tx, actor: Actor, name: string): Promise<boolean> {
  const [row] = await db
    .select({ id: credentials.id })
    .from(credentials)
    .where(
      and(eq(credentials.ownerId, actor.userId), eq(sql`lower(${credentials.name})`, sql`lower(${name})`)),
    )
    .limit(1);
  return row !== undefined;
}

/** A credential for its edit forms, with the actor's role. Null for ids that are absent, malformed or not visible. */
export async function findChangeable(db: Db, actor: Actor, id: string): Promise<ChangeableCredential | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const [row] = await db
    .select({
      id: credentials.id,
      name: credentials.name,
      description: credentials.description,
      tags: credentials.tags,
      version: credentials.version,
      secretVersion: credentials.secretVersion,
      kind: credentials.kind,
      baseUrl: servers.baseUrl,
      method: credentials.method,
      username: credentials.username,
      role: roleOf(actor),
    })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  return row?.role ? { ...row, role: row.role } : null;
}

/** Like `findChangeable`, but throws NOT_FOUND without one, and NOT_ALLOWED if the role forbids `operation`. */
export async function getChangeable(
  db: Db,
  actor: Actor,
  id: string,
  operation: CredentialOperation,
): Promise<ChangeableCredential> {
  const credential = await findChangeable(db, actor, id);
  if (!credential) throw notFound("credential");
  if (!mayOnCredential(credential.role, operation)) throw changeNotAllowed();
  return credential;
}

const listedPerPage = 50;

/** One page of the credentials that the actor sees and that pass `filter`, in its order. */
export async function listCredentials(
  db: Db,
  actor: Actor,
  { whose, ...filter }: CredentialFilter,
  start: PageStart | null,
): Promise<CountedPage<ListedCredential>> {
  const wanted = { ...filter, group: tileGroupSchema.parse(whose) };
  const order = orderOf(filter.sort);
  const listed = { key: listedKey(order), total: countOfListed(actor, wanted) };
  let total: number | null = 0;
  const latest = latestCheck(db);
  const accepted = acceptedBefore(db, latest);
  const ownUses = sql<number>`(select count(*)::int from ${endpoints}
    where ${endpoints.credentialId} = ${credentials.id} and ${endpoints.ownerId} = ${actor.userId})`;
  const read = async (from: PageStart | null, limit: number) => {
    const rows = await db
      .select({ ...tileColumns(actor, latest, accepted), ownUses, ...listed })
      .from(credentials)
      .innerJoin(servers, eq(servers.id, credentials.serverId))
      .innerJoin(users, eq(users.id, credentials.ownerId))
      .innerJoin(listedFor(actor, wanted, { start: from, limit }), isListed)
      .leftJoinLateral(latest, sql`true`)
      .leftJoinLateral(accepted, sql`true`)
      .where(isVisibleTo(actor))
      .orderBy(...inListedOrder(order, from))
      .limit(limit);
    // Each row has it, so that one statement is enough.
    total = rows[0] ? rows[0].total : 0;
    return rows;
  };
  const keyOf = ({ key }: { key: string }) => listedKeyOf(order, key);
  const page = await readPage({ start, size: listedPerPage, read, keyOf }, (row) => ({
    ...tileOf(row),
    ownUses: row.ownUses,
  }));
  return { ...page, total };
}
