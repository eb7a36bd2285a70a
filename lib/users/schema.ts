import { z } from "zod";
import { newPasswordSchema } from "@/lib/auth/new-password";
import { invitationTokenSchema } from "@/lib/invitations/schema";
import { withoutKeys } from "@/lib/text/key-guard";
import { signUpFormSchema } from "./form-schema";

/** What sign-up takes. */
export const signUpSchema = z.object({
  ...signUpFormSchema.shape,
  password: newPasswordSchema,
  /** The token of the invitation's link by which one came; empty without one. */
  invitation: z.union([invitationTokenSchema, z.literal("")]).default(""),
});

/** What administering one account takes. */
export const userIdSchema = z.object({ userId: z.guid() });

/** What a change of role takes. */
export const changeRoleSchema = userIdSchema.extend({ role: z.enum(["administrator", "member"]) });

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
