import "server-only";
import { eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { credentialSecrets, credentials, servers, signInPolicies } from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import type { BaseUrl } from "@/lib/connectors/base-url";
import type { CheckOutcome, SignIn } from "@/lib/connectors/types";
import type { SignInMethod } from "@/lib/credentials/checks/types";
import type { Db, Tx } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { breachOf, noRules, refusalOf } from "./rules";
import type { PolicyBreach, SignInPolicy, SignInRules } from "./types";

const policyColumns = {
  baseUrl: signInPolicies.baseUrl,
  passwords: signInPolicies.passwords,
  keysMustEnd: signInPolicies.keysMustEnd,
  longestDays: signInPolicies.longestDays,
};

/** The policy for a server: its own, or that for all servers. Read anew for each Save, so that a change counts at once. */
async function findPolicyFor(db: Db | Tx, { href }: BaseUrl): Promise<SignInPolicy> {
  const [policy] = await db
    .select(policyColumns)
    .from(signInPolicies)
    .where(or(eq(signInPolicies.baseUrl, href), isNull(signInPolicies.baseUrl)))
    .orderBy(sql`${signInPolicies.baseUrl} nulls last`)
    .limit(1);
  return policy ?? { ...noRules, baseUrl: null };
}

type NewSignIn = {
  readonly baseUrl: BaseUrl;
  readonly signIn: Pick<SignIn, "scheme">;
  /** What the check found; null before it, and without one. */
  readonly outcome: CheckOutcome | null;
};

/**
 * Refuses, at the field *Username Or API Key*, a sign-in that the policy for its server does not allow to be stored
 * now. Returns how one that may be stored differs from the policy; null if it follows it.
 */
export async function requireByPolicy(db: Db | Tx, next: NewSignIn): Promise<PolicyBreach | null> {
  const { baseUrl, signIn, outcome } = next;
  const policy = await findPolicyFor(db, baseUrl);
  const keyEndsAt = outcome?.kind === "verified" ? outcome.keyEndsAt : null;
  const judged = {
    method: signIn.scheme === "basic" ? ("password" as const) : ("api-key" as const),
    storedAt: new Date(),
    endsAt: keyEndsAt ? new Date(keyEndsAt) : null,
  };
  const fieldErrors = refusalOf(policy, judged);
  if (!fieldErrors) return breachOf(policy, judged);
  const message = "Your portal's policy does not allow this sign-in.";
  throw new AppError({ code: "NOT_ALLOWED", message, fieldErrors });
}

/** True if the policy for a server refuses this kind of sign-in now, whatever is known of its end. */
export async function isRefusedByPolicy(
  db: Db | Tx,
  baseUrl: BaseUrl,
  method: SignInMethod,
): Promise<boolean> {
  const policy = await findPolicyFor(db, baseUrl);
  return refusalOf(policy, { method, storedAt: new Date(), endsAt: null }) !== null;
}

/** What `breachNow` needs of a stored credential, besides its key's end. */
export type PolicyOfRow = { readonly rules: SignInRules; readonly storedAt: string };

/** The rules for a credential of the query, which joins its server, and when its secret was stored; null without rules. */
export function policyOfRow(): SQL<PolicyOfRow | null> {
  const { baseUrl, passwords, keysMustEnd, longestDays } = signInPolicies;
  const storedAt = sql`(select ${credentialSecrets.createdAt} from ${credentialSecrets}
    where ${credentialSecrets.credentialId} = ${credentials.id}
      and ${credentialSecrets.version} = ${credentials.secretVersion})`;
  const rules = sql`json_build_object('passwords', ${passwords}, 'keysMustEnd', ${keysMustEnd}, 'longestDays', ${longestDays})`;
  return whole(sql<PolicyOfRow | null>`(
    select json_build_object('rules', ${rules}, 'storedAt', coalesce(${storedAt}, ${credentials.createdAt}))
    from ${signInPolicies} where ${baseUrl} = ${servers.baseUrl} or ${baseUrl} is null
    order by ${baseUrl} nulls last limit 1)`);
}

/** How a stored credential differs from the policy for its server now; null if it follows it, or there is none. */
export function breachNow(
  policy: PolicyOfRow | null,
  signIn: { readonly method: SignInMethod; readonly endsAt: Date | null },
): PolicyBreach | null {
  return policy && breachOf(policy.rules, { ...signIn, storedAt: new Date(policy.storedAt) });
}
