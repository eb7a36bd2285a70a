import { z } from "zod";
import { knownPasswordSchema, typedPasswordSchema } from "@/lib/auth/schema";
import { nameSchema } from "@/lib/text/names";

/** The browser's schema of the profile. */
export const renameFormSchema = z.object({ name: nameSchema("Enter your name.") });

/** True if the new password differs from the current one. */
export function isAnotherPassword(typed: { currentPassword: string; newPassword: string }): boolean {
  return typed.currentPassword.normalize("NFC") !== typed.newPassword;
}

/** The error at the new password if it is the current one. */
export const samePassword = {
  path: ["newPassword"],
  message: "This is the password you have. Choose another one.",
};

/** The browser's schema of a password change; only the server knows whether the password is a common one. */
export const changePasswordFormSchema = z
  .object({ currentPassword: knownPasswordSchema, newPassword: typedPasswordSchema })
  .refine(isAnotherPassword, samePassword);
