import "server-only";
import { randomInt } from "node:crypto";
import { eq, isNull, sql } from "drizzle-orm";
import { signInPolicies } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import { requireStillAdministrator } from "@/lib/auth/administrators";
import type { Db, Tx } from "@/lib/db/types";
import { changedMeanwhile } from "@/lib/edits";
import { AppError } from "@/lib/errors";
import type { RemoveServerPolicyInput, SetSignInPolicyInput } from "./schema";
import type { SignInRules } from "./types";

/**
 * Stores the policy for a server or for all servers. Stored credentials stay as they are. NOT_FOUND unless the actor is
 * a portal administrator, CONFLICT after another administrator's change since `version`.
 */
export async function setSignInPolicy(db: Db, actor: Actor, input: SetSignInPolicyInput): Promise<void> {
  const { server, version, passwords, keysMustEnd, longestDays } = input;
  const baseUrl = server?.href ?? null;
  const next: SignInRules = { passwords, keysMustEnd, longestDays };
  await changeWith(db, actor, async (tx) => {
    await requireStillAdministrator(tx, actor, "server");
    const before = await lockPolicy(tx, baseUrl, version);
    const previous = before ? rulesOf(before) : null;
    if (previous && isSame(previous, next)) return unchanged();
    const [stored] = await tx
      .insert(signInPolicies)
      // Not from 1: one that was taken away and set again is another one.
      .values({ baseUrl, ...next, version: randomInt(1, 1_000_000_000) })
      .onConflictDoUpdate({
        target: signInPolicies.baseUrl,
        set: { ...next, version: version + 1, changedAt: sql`now()` },
        // Of two first saves at the same moment, the second changes nothing.
        setWhere: eq(signInPolicies.version, version),
      })
      .returning({ id: signInPolicies.id });
    if (!stored) throw new AppError(changedMeanwhile);
    const details = { baseUrl, rules: next, previous };
    return changed({ event: "server.policy-changed", subjectId: stored.id, details });
  });
}

/**
 * Takes a server's own policy away: the one for all servers holds there again. NOT_FOUND and CONFLICT as above; nothing
 * changes where nothing was stored.
 */
export async function removeServerPolicy(
  db: Db,
  actor: Actor,
  { server, version }: RemoveServerPolicyInput,
): Promise<void> {
  const baseUrl = server.href;
  await changeWith(db, actor, async (tx) => {
    await requireStillAdministrator(tx, actor, "server");
    const before = await lockPolicy(tx, baseUrl, version);
    if (!before) return unchanged();
    await tx.delete(signInPolicies).where(eq(signInPolicies.id, before.id));
    const details = { baseUrl, rules: null, previous: rulesOf(before) };
    return changed({ event: "server.policy-changed", subjectId: before.id, details });
  });
}

async function lockPolicy(tx: Tx, baseUrl: string | null, version: number) {
  const isOne = baseUrl === null ? isNull(signInPolicies.baseUrl) : eq(signInPolicies.baseUrl, baseUrl);
  const [policy] = await tx.select().from(signInPolicies).where(isOne).for("update");
  if ((policy?.version ?? 0) !== version) throw new AppError(changedMeanwhile);
  return policy;
}

function rulesOf({ passwords, keysMustEnd, longestDays }: SignInRules): SignInRules {
  return { passwords, keysMustEnd, longestDays };
}

function isSame(one: SignInRules, other: SignInRules): boolean {
  return (
    one.passwords === other.passwords &&
    one.keysMustEnd === other.keysMustEnd &&
    one.longestDays === other.longestDays
  );
}
