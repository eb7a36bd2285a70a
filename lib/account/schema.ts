import { z } from "zod";
import { newPasswordSchema } from "@/lib/auth/new-password";
import { knownPasswordSchema } from "@/lib/auth/schema";
import { isAnotherPassword, renameFormSchema, samePassword } from "./form-schema";

/** What the profile takes. */
export const renameSchema = z.object(renameFormSchema.shape);

/** What a change of password takes: the current one too, because a session alone does not prove who sits at it. */
export const changePasswordSchema = z
  .object({ currentPassword: knownPasswordSchema, newPassword: newPasswordSchema })
  .refine(isAnotherPassword, samePassword);

/** What ending one session takes. */
export const endSessionSchema = z.object({ sessionId: z.guid() });

/** What ending all the others takes: said in a word, so that no empty call does it. */
export const endOtherSessionsSchema = z.object({ which: z.literal("others") });

export type RenameInput = z.output<typeof renameSchema>;
export type ChangePasswordInput = z.output<typeof changePasswordSchema>;
