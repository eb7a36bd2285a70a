import { z } from "zod";
import { newPasswordSchema } from "@/lib/auth/new-password";
import { invitationTokenSchema } from "@/lib/invitations/schema";
import { withoutKeys } from "@/lib/text/key-guard";
import { signUpFormSchema } from "./form-schema";

/** The sign-up form. */
export const signUpSchema = z.object({
  ...signUpFormSchema.shape,
  password: newPasswordSchema,
  /** The token of the invitation link that the user followed; empty without one. */
  invitation: z.union([invitationTokenSchema, z.literal("")]).default(""),
});

/** The form that administers one account. */
export const userIdSchema = z.object({ userId: z.guid() });

/** The form that changes a role. */
export const changeRoleSchema = userIdSchema.extend({ role: z.enum(["administrator", "member"]) });

/**
 * A search text from a URL or a search field: trimmed, at most 100 characters, without control characters; empty for
 * an API key.
 */
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
