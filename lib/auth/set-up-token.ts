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

/** True where others than the one who started the portal can reach it, as far as its own origin says. */
export function isReachedByOthers(appOrigin: string): boolean {
  return !localHosts.has(new URL(appOrigin).hostname);
}

/**
 * The token that the portal's first account takes, or null where none is asked for: there is an account, or the origin is
 * this machine's own. It follows from the database's data key, so that every process on one database prints the same,
 * nothing is stored, and a database that was made anew has another. With the first account it is worthless.
 */
export async function openSetUpToken(db: Db | Tx, appOrigin = env().APP_ORIGIN): Promise<string | null> {
  if (!isReachedByOthers(appOrigin) || (await hasAccount(db))) return null;
  const dataKey = await currentDataKey(db, portalKeys().keyRing);
  const key = deriveKey(dataKey.key, "set-up-token");
  const text = createHmac("sha256", key).update(dataKey.id).digest("hex").slice(0, 32);
  // In groups, to be read and typed.
  return (text.match(/.{4}/g) ?? []).join("-");
}

/** Whether `given` is that token, in constant time; however it is spaced and in capitals or not. */
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
