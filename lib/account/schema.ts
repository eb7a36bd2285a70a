import { z } from "zod";
import { newPasswordSchema } from "@/lib/auth/new-password";
import { knownPasswordSchema } from "@/lib/auth/schema";
import { isAnotherPassword, renameFormSchema, samePassword } from "./form-schema";

/** The profile's form. */
export const renameSchema = z.object(renameFormSchema.shape);

/** The form of a password change: also the current password, because a session alone does not prove who uses it. */
export const changePasswordSchema = z
  .object({ currentPassword: knownPasswordSchema, newPassword: newPasswordSchema })
  .refine(isAnotherPassword, samePassword);

/** The form that ends one session. */
export const endSessionSchema = z.object({ sessionId: z.guid() });

/** The form that ends all other sessions: with an explicit value, so that an empty call does nothing. */
export const endOtherSessionsSchema = z.object({ which: z.literal("others") });

export type RenameInput = z.output<typeof renameSchema>;
export type ChangePasswordInput = z.output<typeof changePasswordSchema>;
