import "server-only";
import { and, desc, eq, isNull, not, or, type SQL, sql } from "drizzle-orm";
import { credentialAvatars, credentials, endpoints, servers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { readBaseUrl } from "@/lib/connectors/base-url";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { Avatar, SignIn } from "@/lib/connectors/types";
import type { CredentialTarget } from "@/lib/credentials/checks/check";
import { latestDetailsOf, readCheckRecord } from "@/lib/credentials/checks/details";
import { checkColumns, keptCheckOf, latestCheck, newestCheck } from "@/lib/credentials/checks/latest-check";
import type { LatestCheckDetails } from "@/lib/credentials/checks/types";
import { refusalReasonOf, type SignInRefusal } from "@/lib/credentials/lockout/rules";
import { openSecret } from "@/lib/credentials/secrets/store";
import type { CheckedVersion } from "@/lib/credentials/secrets/types";
import { contains } from "@/lib/db/contains";
import type { Db, Tx } from "@/lib/db/types";
import { notFound } from "@/lib/errors";
import { before, type Cursor, type Page, pageOf } from "@/lib/paging";
import type { Secret } from "@/lib/secret";
import { type CredentialOperation, isSuspendedFor, mayOnCredential } from "./policy";
import { changeNotAllowed, suspended } from "./require-right";
import { type CredentialFilter, credentialIdSchema, type TileGroup, tileGroupSchema } from "./schema";
import { inGroup } from "./tile-groups";
import { selectTiles, tileColumns, tileOf } from "./tile-rows";
import type {
  ChangeableCredential,
  CredentialDetails,
  CredentialTile,
  EditableKeyEnd,
  ListedCredential,
} from "./types";
import { isOwnerDisabled, roleOf, visibleTo } from "./visibility";

/** Tiles on one page of the Authenticate screen. */
export const tilesPerPage = 48;

/** One page of the actor's tiles in a group, newest first; with `kind`, only credentials of that kind. */
export async function listCredentialTiles(
  db: Db,
  actor: Actor,
  after: Cursor | null,
  group: TileGroup = { kind: "all" },
  kind?: ConnectorKind,
): Promise<Page<CredentialTile>> {
  const isKind = kind && eq(credentials.kind, kind);
  const isAfter = before(after, credentials.createdAt, credentials.id);
  const rows = await selectTiles(db, actor)
    .where(and(visibleTo(actor), inGroup(actor, group), isKind, isAfter))
    .orderBy(desc(credentials.createdAt), desc(credentials.id))
    .limit(tilesPerPage + 1);
  return pageOf(rows, tilesPerPage, tileOf);
}

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
  const [row] = await db
    .select({ tile: tileColumns(actor, latest), newest: checkColumns(newest) })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .leftJoinLateral(latest, sql`true`)
    .leftJoinLateral(newest, sql`true`)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  if (!row) return null;
  return { ...tileOf(row.tile), newestCheck: keptCheckOf(row.newest, row.tile) };
}

/** One version of a stored secret, opened for a check. Holds the secret: use it for nothing else. */
export type StoredSignIn = {
  readonly checked: CheckedVersion;
  readonly target: CredentialTarget;
  readonly refusedBefore: SignInRefusal | null;
  readonly mayTryAgain: boolean;
  /** The latest check was sent past a proxy that turns visitors away; its override stays valid for this server. */
  readonly pastProxy: "proven" | null;
};

/** A credential's sign-in, for a check. NOT_FOUND as for `getCredentialTile`; NOT_ALLOWED while it is suspended. */
export async function getSignIn(db: Db, actor: Actor, id: string): Promise<StoredSignIn> {
  const tile = await getCredentialTile(db, actor, id);
  const latest = latestCheck(db);
  const [row] = await db
    .select({
      ownerId: credentials.ownerId,
      version: credentials.secretVersion,
      role: roleOf(actor),
      reason: latest.reason,
      checkedAt: latest.checkedAt,
      record: latest.record,
    })
    .from(credentials)
    .leftJoinLateral(latest, sql`true`)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  if (!row || !mayOnCredential(row.role, "check")) throw notFound("credential");
  if (isSuspendedFor("check", tile.isSuspended)) throw suspended();
  const { ownerId, version, role, checkedAt } = row;
  const baseUrl = readBaseUrl(tile.baseUrl);
  const secret = await openSecret(db, { credentialId: id, ownerId, baseUrl, version });
  if (baseUrl === null) throw new Error("a secret opened for an invalid base URL");
  const reason = refusalReasonOf(row.reason);
  return {
    checked: { credentialId: id, secretVersion: version },
    target: { kind: tile.kind, baseUrl, signIn: signInOf(tile, secret) },
    refusedBefore: reason && checkedAt ? { reason, at: checkedAt } : null,
    mayTryAgain: mayOnCredential(role, "tryAgain"),
    pastProxy: readCheckRecord(row.record).warnings.includes("BEHIND_FRONT") ? "proven" : null,
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

/** One page of the credentials that the actor sees and that pass `filter`, newest first. */
export async function listCredentials(
  db: Db,
  actor: Actor,
  filter: CredentialFilter,
  after: Cursor | null,
): Promise<Page<ListedCredential>> {
  const latest = latestCheck(db);
  const ownUses = sql<number>`(select count(*)::int from ${endpoints}
    where ${endpoints.credentialId} = ${credentials.id} and ${endpoints.ownerId} = ${actor.userId})`;
  const rows = await db
    .select({ ...tileColumns(actor, latest), ownUses })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .leftJoinLateral(latest, sql`true`)
    .where(
      and(
        visibleTo(actor),
        passes(actor, filter, latest.verdict),
        before(after, credentials.createdAt, credentials.id),
      ),
    )
    .orderBy(desc(credentials.createdAt), desc(credentials.id))
    .limit(listedPerPage + 1);
  return pageOf(rows, listedPerPage, ({ ownUses: uses, ...row }) => ({
    ...tileOf(row),
    ownUses: uses,
  }));
}

function passes(
  actor: Actor,
  { q, status, whose }: CredentialFilter,
  verdict: ReturnType<typeof latestCheck>["verdict"],
) {
  return and(
    q === ""
      ? undefined
      : or(contains(credentials.name, q), contains(credentials.description, q), contains(servers.baseUrl, q)),
    hasStatus(status, verdict),
    inGroup(actor, tileGroupSchema.parse(whose)),
  );
}

function hasStatus(
  status: CredentialFilter["status"],
  verdict: ReturnType<typeof latestCheck>["verdict"],
): SQL | undefined {
  if (status === null) return undefined;
  if (status === "suspended") return isOwnerDisabled();
  return and(not(isOwnerDisabled()), status === "unproven" ? isNull(verdict) : eq(verdict, status));
}

const isOfCurrentSecret = and(
  eq(credentialAvatars.credentialId, credentials.id),
  eq(credentialAvatars.secretVersion, credentials.secretVersion),
);

/** The details of a credential's latest check, as of `now`; null without a check, or without such a credential for the actor. */
export async function findLatestDetails(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): Promise<LatestCheckDetails | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const latest = latestCheck(db);
  const [row] = await db
    .select({
      method: credentials.method,
      keyExpiresOn: credentials.keyExpiresOn,
      checkedAt: latest.checkedAt,
      accountName: latest.accountName,
      accountDisplayName: latest.accountDisplayName,
      serverVersion: latest.serverVersion,
      record: latest.record,
      avatarOf: credentialAvatars.credentialId,
    })
    .from(credentials)
    .innerJoinLateral(latest, sql`true`)
    .leftJoin(credentialAvatars, isOfCurrentSecret)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  // A refused sign-in stores no server version, and has no details.
  return row?.serverVersion ? latestDetailsOf({ ...row, hasAvatar: row.avatarOf !== null }, now) : null;
}

/** The picture of the account behind the current secret; null without a picture, or without such a credential for the actor. */
export async function findAvatar(db: Db, actor: Actor, id: string): Promise<Avatar | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const [row] = await db
    .select({ mediaType: credentialAvatars.mediaType, image: credentialAvatars.image })
    .from(credentials)
    .innerJoin(credentialAvatars, isOfCurrentSecret)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  return row ?? null;
}

/** What the form for a key's end starts from; null if the actor may not edit the credential, or it has no key. */
export async function findEditableKeyEnd(db: Db, actor: Actor, id: string): Promise<EditableKeyEnd | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const [row] = await db
    .select({
      secretVersion: credentials.secretVersion,
      keyExpiresOn: credentials.keyExpiresOn,
      role: roleOf(actor),
    })
    .from(credentials)
    .where(and(visibleTo(actor), eq(credentials.id, id), eq(credentials.method, "api-key")));
  if (!row || !mayOnCredential(row.role, "edit")) return null;
  return { credentialId: id, secretVersion: row.secretVersion, keyExpiresOn: row.keyExpiresOn };
}
