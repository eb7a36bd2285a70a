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
 * Whether lock-out protection would send nothing for a stored credential now, and the permission to try again for whoever may; null
 * where a check would go, and for a credential that is absent or another's. An API key that was refused elsewhere is not
 * recognised here, because lock-out protection knows a key by the key itself, and no secret is opened for a page: its check is held
 * back all the same.
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
  // No fingerprint is empty: whether it is this very secret that was refused is told by its own newest check.
  const stop = stopOf({ refusals, refused }, { secret: "", refusedBefore });
  if (!stop) return null;
  const version = { credentialId: id, secretVersion };
  return {
    reason: stop.reason,
    refusals,
    tryAgainToken: mayOnCredential(role, "tryAgain") ? await issueTryAgainToken(actor, version, now) : null,
  };
}
