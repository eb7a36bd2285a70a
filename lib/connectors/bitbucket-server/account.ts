import { z } from "zod";
import type { CheckedAccount } from "@/lib/connectors/types";
import { cleanText } from "./clean-text";

/** A user in Bitbucket's REST interface, with the fields that the portal uses; unknown keys and odd values are ignored. */
export const userSchema = z.object({
  name: z.string(),
  displayName: z.string().nullish().catch(null),
  slug: z.string().nullish().catch(null),
  active: z.boolean().nullish().catch(null),
  type: z.string().nullish().catch(null),
  emailAddress: z.string().nullish().catch(null),
  avatarUrl: z.string().nullish().catch(null),
});
export type User = z.infer<typeof userSchema>;

/** True if the user has this name. Bitbucket's names ignore case; a search also matches display names and e-mails. */
export function isNamed(user: { readonly name: string }, name: string): boolean {
  return user.name.toLowerCase() === name.toLowerCase();
}

/** True for `access-token-user/2/1234` and the like: the account of a project's or repository's key, not of a user. */
export function isAccountOfKey(name: string): boolean {
  return /^access-token-user\//i.test(name);
}

/** The account of a user record, or of a name alone (keys of projects and repositories have no record). */
export function accountOf(name: string | null, user: User | null): CheckedAccount {
  if (user === null) {
    const type = name !== null && isAccountOfKey(name) ? "service" : "unknown";
    return { name, displayName: null, slug: null, active: null, type };
  }
  return {
    name: cleanText(user.name, 255) ?? name,
    displayName: cleanText(user.displayName ?? "", 255),
    slug: cleanText(user.slug ?? "", 255),
    active: user.active ?? null,
    type: user.type === "SERVICE" ? "service" : user.type === "NORMAL" ? "user" : "unknown",
  };
}

/** The name's form in URLs, as Atlassian's VS Code extension makes it (atlassian/atlascode, loginManager.ts). */
export function slugOf(name: string): string {
  return name.replace(/[:/?#@!$&'()*+,;=%\\[\]]/g, "_").toLowerCase();
}
