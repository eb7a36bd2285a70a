import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { credentials, servers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { SignIn } from "@/lib/bitbucket/types";
import type { Db, Tx } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { before, type Cursor, type Page, pageOf } from "@/lib/paging";
import { newestProof } from "./proof";
import { credentialIdSchema } from "./schema";
import { openSecret } from "./secret-store";
import type { CheckedVersion, CredentialTile, Findings } from "./types";
import { statusOf } from "./verdict";
import { visibleTo } from "./visibility";

/** Tiles on one page of the Authenticate screen. */
export const tilesPerPage = 48;

/** The actor's tiles, newest first, one page of them. */
export async function listCredentialTiles(
  db: Db,
  actor: Actor,
  after: Cursor | null,
): Promise<Page<CredentialTile>> {
  const rows = await selectTiles(db)
    .where(and(visibleTo(actor), before(after, credentials.createdAt, credentials.id)))
    .orderBy(desc(credentials.createdAt), desc(credentials.id))
    .limit(tilesPerPage + 1);
  return pageOf(rows, tilesPerPage, tileOf);
}

/** One credential as a tile, or null: absent, malformed and another's are the same. */
export async function findCredentialTile(db: Db, actor: Actor, id: string): Promise<CredentialTile | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const [row] = await selectTiles(db).where(and(visibleTo(actor), eq(credentials.id, id)));
  return row ? tileOf(row) : null;
}

/** One credential as a tile; throws NOT_FOUND for absent, malformed and another's alike. */
export async function getCredentialTile(db: Db, actor: Actor, id: string): Promise<CredentialTile> {
  const tile = await findCredentialTile(db, actor, id);
  if (!tile) throw notFound("credential");
  return tile;
}

/**
 * How to sign in with a credential that no check has judged yet; NOT_FOUND as for `getCredentialTile`, CONFLICT for one
 * that was judged: what a server has refused is not sent again. Holds the secret, so it goes nowhere but into a check.
 */
export async function getUnprovenSignIn(
  db: Db,
  actor: Actor,
  id: string,
): Promise<{ checked: CheckedVersion; baseUrl: string; signIn: SignIn }> {
  const tile = await getCredentialTile(db, actor, id);
  if (tile.status !== "unproven") {
    throw new AppError({ code: "CONFLICT", message: "This credential has been checked meanwhile." });
  }
  const [row] = await db
    .select({ ownerId: credentials.ownerId, version: credentials.secretVersion })
    .from(credentials)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  if (!row) throw notFound("credential");
  const place = { credentialId: id, baseUrl: tile.baseUrl, ...row };
  const secret = await openSecret(db, place);
  return {
    checked: { credentialId: id, secretVersion: row.version },
    baseUrl: tile.baseUrl,
    signIn: secret.use((text) => signInOf(tile, text)),
  };
}

function signInOf(tile: Pick<CredentialTile, "method" | "username">, secret: string): SignIn {
  if (tile.method === "password") return { scheme: "basic", username: tile.username ?? "", password: secret };
  return { scheme: "bearer", apiKey: secret, expectedAccount: tile.username };
}

/** Whether the actor already owns a credential of that name, in any case. */
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

function selectTiles(db: Db) {
  const proof = newestProof(db);
  return db
    .select({
      id: credentials.id,
      name: credentials.name,
      description: credentials.description,
      ownerName: users.name,
      baseUrl: servers.baseUrl,
      // What this credential's own check heard: another person's is not this one's to tell.
      serverVersion: proof.serverVersion,
      serverUnreachableSince: servers.unreachableSince,
      method: credentials.method,
      username: credentials.username,
      createdAt: credentials.createdAt,
      verdict: proof.verdict,
      checkedAt: proof.checkedAt,
      accountName: proof.accountName,
      accountDisplayName: proof.accountDisplayName,
      findings: proof.findings,
    })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .leftJoinLateral(proof, sql`true`)
    .$dynamic();
}

type TileRow = Awaited<ReturnType<typeof selectTiles>>[number];

function tileOf(row: TileRow): CredentialTile {
  // Written by this domain only, in this shape.
  const findings = row.findings as Findings | null;
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    ownerName: row.ownerName,
    baseUrl: row.baseUrl,
    serverVersion: row.serverVersion,
    serverUnreachableSince: row.serverUnreachableSince?.toISOString() ?? null,
    method: row.method,
    username: row.username,
    status: statusOf(row.verdict),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    account: row.verdict ? { name: row.accountName, displayName: row.accountDisplayName } : null,
    access: findings?.access ?? null,
    warnings: findings?.warnings ?? [],
  };
}
