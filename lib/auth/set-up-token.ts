import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { sql } from "drizzle-orm";
import { users } from "@/drizzle/schema";
import { currentDataKey } from "@/lib/crypto/data-keys";
import { deriveKey } from "@/lib/crypto/derive";
import type { Db, Tx } from "@/lib/db/types";
import { env } from "@/lib/env";
import { portalKeys } from "@/lib/portal/keys";

const localHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** True if other machines can reach the portal, judging by its own origin. */
export function isReachedByOthers(appOrigin: string): boolean {
  return !localHosts.has(new URL(appOrigin).hostname);
}

/**
 * The set-up token for the portal's first account; null if none is needed: an account exists, or the origin is this
 * machine. It is derived from the database's data key, so every process on one database prints the same, nothing is
 * stored, and a new database has another. After the first account it is worthless.
 */
export async function openSetUpToken(db: Db | Tx, appOrigin = env().APP_ORIGIN): Promise<string | null> {
  if (!isReachedByOthers(appOrigin) || (await hasAccount(db))) return null;
  const dataKey = await currentDataKey(db, portalKeys().keyRing);
  const key = deriveKey(dataKey.key, "set-up-token");
  const text = createHmac("sha256", key).update(dataKey.id).digest("hex").slice(0, 32);
  // In groups, for reading and typing.
  return (text.match(/.{4}/g) ?? []).join("-");
}

/** True if `given` is that token, ignoring spaces and case; compares in constant time. */
export function isSetUpToken(given: string, token: string): boolean {
  const bare = (text: string) =>
    createHmac("sha256", "set-up")
      .update(text.toLowerCase().replace(/[^0-9a-z]/g, ""))
      .digest();
  return timingSafeEqual(bare(given), bare(token));
}

async function hasAccount(db: Db | Tx): Promise<boolean> {
  const rows = await db.select({ one: sql`1` }).from(users).limit(1);
  return rows.length > 0;
}
