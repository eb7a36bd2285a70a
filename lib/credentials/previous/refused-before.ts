import "server-only";
import { and, desc, eq, gt, ne, sql } from "drizzle-orm";
import { auditEvents, checks, type credentialPreviousSecrets } from "@/drizzle/schema";
import { refusalReasonOf, type SignInRefusal } from "@/lib/credentials/lockout/rules";
import type { Db } from "@/lib/db/types";
import { keptDays } from "./slot";

type Kept = Pick<typeof credentialPreviousSecrets.$inferSelect, "credentialId" | "version" | "keptUntil">;

/**
 * The refusal that the newest check of a kept previous secret met, for lock-out protection, which forgets it when
 * another secret of the same account signs in; null if the server accepted it last, or never judged it.
 */
export async function refusalOfPrevious(db: Db, previous: Kept): Promise<SignInRefusal | null> {
  const newest = (await newestSince(db, previous)) ?? (await newestBefore(db, previous));
  const reason = refusalReasonOf(newest?.reason ?? null);
  return newest && reason ? { reason, at: newest.at } : null;
}

/** Since it was replaced; its checks are events alone from then on. */
async function newestSince(db: Db, { credentialId, keptUntil }: Kept) {
  const { at, details, event, subjectId } = auditEvents;
  const isJudged = sql`${details}->>'verdict' <> 'nothing'`;
  const since = sql`${keptUntil.toISOString()}::timestamptz - ${keptDays} * interval '1 day'`;
  const [checked] = await db
    .select({ reason: sql<string | null>`${details}->>'reason'`, at })
    .from(auditEvents)
    .where(
      and(
        eq(subjectId, credentialId),
        eq(event, "credential.previous-secret-checked"),
        gt(at, since),
        isJudged,
      ),
    )
    .orderBy(desc(at), desc(auditEvents.id))
    .limit(1);
  return checked;
}

/** While it was the current secret. */
async function newestBefore(db: Db, { credentialId, version }: Kept) {
  const [checked] = await db
    .select({ reason: checks.reason, at: checks.checkedAt })
    .from(checks)
    .where(
      and(
        eq(checks.credentialId, credentialId),
        eq(checks.secretVersion, version),
        ne(checks.verdict, "nothing"),
      ),
    )
    .orderBy(desc(checks.checkedAt))
    .limit(1);
  return checked;
}
