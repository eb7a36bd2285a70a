import { z } from "zod";
import { emailSchema, newPasswordSchema } from "@/lib/auth/schema";
import { nameSchema } from "@/lib/names";

/** What sign-up takes. */
export const signUpSchema = z.object({
  name: nameSchema("Enter your name."),
  email: emailSchema,
  password: newPasswordSchema,
});

/** What administering one account takes. */
export const personIdSchema = z.object({ personId: z.guid() });

/** What a change of role takes. */
export const changeRoleSchema = personIdSchema.extend({ role: z.enum(["administrator", "member"]) });

/** What one searches for, as an address or a search field gives it: trimmed, at most 100 characters, without control characters. */
export const searchTextSchema = z
  .string()
  .transform((text) =>
    text
      .normalize("NFC")
      .replace(/\p{Cc}/gu, "")
      .trim()
      .slice(0, 100),
  )
  .catch("");

export type SignUpInput = z.output<typeof signUpSchema>;
export type ChangeRoleInput = z.output<typeof changeRoleSchema>;
