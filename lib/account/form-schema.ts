import { z } from "zod";
import { knownPasswordSchema, typedPasswordSchema } from "@/lib/auth/schema";
import { nameSchema } from "@/lib/text/names";

/** The profile, as the browser judges it. */
export const renameFormSchema = z.object({ name: nameSchema("Enter your name.") });

/** True when the new password is another than the current one. */
export function isAnotherPassword(typed: { currentPassword: string; newPassword: string }): boolean {
  return typed.currentPassword.normalize("NFC") !== typed.newPassword;
}

/** Said at the new password when it is the current one. */
export const samePassword = {
  path: ["newPassword"],
  message: "This is the password you have. Choose another one.",
};

/** A change of password, as the browser judges it; whether many people use it only the server knows. */
export const changePasswordFormSchema = z
  .object({ currentPassword: knownPasswordSchema, newPassword: typedPasswordSchema })
  .refine(isAnotherPassword, samePassword);
