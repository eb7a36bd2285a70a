import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";

/** The choices for an invitation's validity, in days. */
export const invitationDays = [1, 7, 30] as const;

/** For an optional field: absent and empty are the same, since a form posts its empty fields, too. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (value) => (typeof value === "string" && value.trim() === "" ? undefined : value),
    schema.optional(),
  );

const chooseDays = "Choose how long the link works.";
/** The browser's schema of an invitation. */
export const inviteFormSchema = z.object({
  invitedEmail: optional(emailSchema),
  days: z.coerce
    .number(chooseDays)
    .refine((days) => invitationDays.some((known) => known === days), chooseDays),
});
