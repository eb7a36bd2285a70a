import { z } from "zod";
import { newPasswordSchema } from "@/lib/auth/new-password";
import { emailSchema } from "@/lib/auth/schema";
import { invitationTokenSchema } from "@/lib/invitations/schema";
import { withoutKeys } from "@/lib/text/key-guard";
import { nameSchema } from "@/lib/text/names";

/** What sign-up takes. */
export const signUpSchema = z.object({
  name: nameSchema("Enter your name."),
  email: emailSchema,
  password: newPasswordSchema,
  /** The token of the invitation's link by which one came; empty without one. */
  invitation: z.union([invitationTokenSchema, z.literal("")]).default(""),
  /** For the first account of a portal that others reach; empty otherwise. */
  setUpToken: z.string().max(200, "This is not the set-up token.").default(""),
});

/** What administering one account takes. */
export const personIdSchema = z.object({ personId: z.guid() });

/** What a change of role takes. */
export const changeRoleSchema = personIdSchema.extend({ role: z.enum(["administrator", "member"]) });

/** What one searches for, as an address or a search field gives it: trimmed, at most 100 characters, without control characters; nothing for an API key. */
export const searchTextSchema = z
  .string()
  .transform((text) =>
    withoutKeys(text)
      .normalize("NFC")
      .replace(/\p{Cc}/gu, "")
      .trim()
      .slice(0, 100),
  )
  .catch("");

export type SignUpInput = z.input<typeof signUpSchema>;
export type ChangeRoleInput = z.output<typeof changeRoleSchema>;
