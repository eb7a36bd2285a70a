import { z } from "zod";
import type { CheckedAccount } from "@/lib/connectors/types";
import { isAccountOfKey } from "./account-name";
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
