import type { signInPolicies } from "@/drizzle/schema";

type PolicyRow = typeof signInPolicies.$inferSelect;

/** How users may sign in to servers. The longest life is judged as strictly as the end of a key. */
export type SignInRules = Pick<PolicyRow, "passwords" | "keysMustEnd" | "longestDays">;

/** The rules for a server, and whose they are: a null `baseUrl` means all servers. */
export type SignInPolicy = SignInRules & { readonly baseUrl: string | null };

/** A policy as an administrator edits it. */
export type EditablePolicy = SignInRules & {
  /** 0 where nothing is stored yet. */
  readonly version: number;
  /** How many stored credentials do not follow the stored policy, or cannot be seen to. */
  readonly breaches: number;
};

/** A server that has a policy of its own. */
export type ServerPolicy = SignInRules & { readonly baseUrl: string };

/** How a sign-in differs from its policy; null if it follows it. */
export type PolicyBreach = "PASSWORD_NOT_WANTED" | "KEY_LASTS_TOO_LONG" | "KEY_END_NOT_KNOWN";
