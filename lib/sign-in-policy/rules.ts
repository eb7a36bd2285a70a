import type { SignInMethod } from "@/lib/credentials/checks/types";
import type { FieldErrors } from "@/lib/errors";
import type { PolicyBreach, SignInPolicy, SignInRules } from "./types";

/** The rules where none are stored. */
export const noRules: SignInRules = { passwords: "allow", keysMustEnd: "no", longestDays: null };

const dayMs = 24 * 60 * 60 * 1000;

/** What the rules are about: the method, and the life of an API key. */
export type JudgedSignIn = {
  readonly method: SignInMethod;
  /** When the secret was stored; its life counts from there, as most servers do not tell when a key was made. */
  readonly storedAt: Date;
  /** When the API key ends; null for a password, and where it is not known. */
  readonly endsAt: Date | null;
};

/** How a sign-in differs from the rules; null if it follows them. Pure; `breachesOf` counts by the same rule in SQL. */
export function breachOf(
  rules: SignInRules,
  { method, storedAt, endsAt }: JudgedSignIn,
): PolicyBreach | null {
  if (method === "password") return rules.passwords === "allow" ? null : "PASSWORD_NOT_WANTED";
  if (rules.keysMustEnd === "no") return null;
  // A missing date does not mean that the key lasts for ever, so it can only be warned of.
  if (endsAt === null) return "KEY_END_NOT_KNOWN";
  if (rules.longestDays === null) return null;
  const days = Math.floor((endsAt.getTime() - storedAt.getTime()) / dayMs);
  return days > rules.longestDays ? "KEY_LASTS_TOO_LONG" : null;
}

/** The error at the field *Username Or API Key* for a sign-in that may not be stored; null if it may. */
export function refusalOf(policy: SignInPolicy, signIn: JudgedSignIn): FieldErrors | null {
  const breach = breachOf(policy, signIn);
  const isForAll = policy.baseUrl === null;
  if (breach === "PASSWORD_NOT_WANTED" && policy.passwords === "refuse") {
    const where = isForAll ? "" : " for this server";
    return { username: `Your portal takes API keys only${where}. ${makeOne}.` };
  }
  if (breach === "KEY_LASTS_TOO_LONG" && policy.keysMustEnd === "refuse") {
    const where = isForAll ? "" : " for this server";
    return {
      username: `Your portal takes API keys of at most ${policy.longestDays} days${where}, and this one ends later. ${makeOne} that ends sooner.`,
    };
  }
  return null;
}

const makeOne = "Make one in Bitbucket: your avatar, Manage account, HTTP access tokens";
