import "server-only";
import { z } from "zod";
import { isCommonPassword } from "./common-passwords";
import { typedPasswordSchema } from "./schema";

/**
 * A new password in normalized spelling (NFC); its length is checked before any work on it. Parse it asynchronously:
 * the list of common passwords is loaded when needed.
 */
export const newPasswordSchema = typedPasswordSchema.pipe(
  z
    .string()
    .refine(
      async (text) => !(await isCommonPassword(text)),
      "Many people use this password, or one like it. Choose a less common one.",
    ),
);
