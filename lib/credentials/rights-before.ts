import "server-only";
import { and, desc, eq, inArray, isNull, lt } from "drizzle-orm";
import { checks, credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { CheckedAccess } from "@/lib/connectors/types";
import { readCheckRecord } from "@/lib/credentials/checks/details";
import type { Db } from "@/lib/db/types";
import { credentialIdSchema } from "./schema";
import { visibleTo } from "./visibility";

/**
 * What the secret before the current one could do, by its latest check that signed in; null if there was none, for checks
 * that are forgotten, and without such a credential for the actor.
 */
export async function findRightsBefore(db: Db, actor: Actor, id: string): Promise<CheckedAccess | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const [row] = await db
    .select({ record: checks.record })
    .from(checks)
    .innerJoin(credentials, eq(credentials.id, checks.credentialId))
    .where(
      and(
        visibleTo(actor),
        eq(credentials.id, id),
        lt(checks.secretVersion, credentials.secretVersion),
        inArray(checks.verdict, ["verified", "restricted"]),
        isNull(checks.reason),
      ),
    )
    .orderBy(desc(checks.secretVersion), desc(checks.checkedAt))
    .limit(1);
  return row ? readCheckRecord(row.record).access : null;
}
