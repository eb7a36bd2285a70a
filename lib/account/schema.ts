import { z } from "zod";
import { newPasswordSchema } from "@/lib/auth/new-password";
import { knownPasswordSchema } from "@/lib/auth/schema";
import { nameSchema } from "@/lib/text/names";

/** What the profile takes. */
export const renameSchema = z.object({ name: nameSchema("Enter your name.") });

/** What a change of password takes: the current one too, because a session alone does not prove who sits at it. */
export const changePasswordSchema = z
  .object({ currentPassword: knownPasswordSchema, newPassword: newPasswordSchema })
  .refine(({ currentPassword, newPassword }) => currentPassword.normalize("NFC") !== newPassword, {
    path: ["newPassword"],
    message: "This is the password you have. Choose another one.",
  });

/** What ending one session takes. */
export const endSessionSchema = z.object({ sessionId: z.guid() });

/** What ending all the others takes: said in a word, so that no empty call does it. */
export const endOtherSessionsSchema = z.object({ which: z.literal("others") });

export type RenameInput = z.output<typeof renameSchema>;
export type ChangePasswordInput = z.output<typeof changePasswordSchema>;
