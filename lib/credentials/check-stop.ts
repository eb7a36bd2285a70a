import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { credentials, servers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { latestCheck } from "@/lib/credentials/checks/latest-check";
import { protectedUser } from "@/lib/credentials/lockout/account";
import { refusalsOf } from "@/lib/credentials/lockout/protection";
import { refusalReasonOf, stopOf } from "@/lib/credentials/lockout/rules";
import { issueTryAgainToken } from "@/lib/credentials/lockout/try-again-token";
import { databaseClock } from "@/lib/db/clock";
import type { Db } from "@/lib/db/types";
import { mayOnCredential } from "./policy";
import { credentialIdSchema } from "./schema";
import type { CheckStop } from "./types";
import { roleOf, visibleTo } from "./visibility";

/**
 * Why lock-out protection would send nothing for a stored credential now, with a token to try again for users who
 * have that right. Null when a check would be sent, and for credentials that are absent or not visible. API keys
 * refused elsewhere are not recognised here: lock-out protection identifies a key by its secret, and pages open no
 * secret. Their check is held back all the same.
 */
export async function findCheckStop(db: Db, actor: Actor, id: string): Promise<CheckStop | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const latest = latestCheck(db);
  const [row] = await db
    .select({
      role: roleOf(actor),
      secretVersion: credentials.secretVersion,
      method: credentials.method,
      username: credentials.username,
      baseUrl: servers.baseUrl,
      reason: latest.reason,
      checkedAt: latest.checkedAt,
      now: databaseClock,
    })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .leftJoinLateral(latest, sql`true`)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  if (!row) return null;
  const { role, secretVersion, method, username, baseUrl, checkedAt, now } = row;
  const isUser = method === "password" && username !== null;
  const known = isUser ? await refusalsOf(db, protectedUser(baseUrl, username)) : null;
  const { refusals, refused } = known ?? { refusals: 0, refused: null };
  const reason = refusalReasonOf(row.reason);
  const refusedBefore = reason && checkedAt ? { reason, at: checkedAt } : null;
  // An empty secret matches no fingerprint; whether this very secret was refused comes from the credential's own
  // newest check.
  const stop = stopOf({ refusals, refused }, { secret: "", refusedBefore });
  if (!stop) return null;
  const version = { credentialId: id, secretVersion };
  return {
    reason: stop.reason,
    refusals,
    tryAgainToken: mayOnCredential(role, "tryAgain") ? await issueTryAgainToken(actor, version, now) : null,
  };
}
