import "server-only";
import { z } from "zod";
import { isCommonPassword } from "./common-passwords";
import { typedPasswordSchema } from "./schema";

/**
 * A password that is to be kept, in its normalized spelling (NFC): its length is judged before anything is computed from it.
 * Parse it asynchronously: common passwords are looked up in a list that is read when it is needed.
 */
export const newPasswordSchema = typedPasswordSchema.pipe(
  z
    .string()
    .refine(
      async (text) => !(await isCommonPassword(text)),
      "Many people use this password, or one like it. Choose a less common one.",
    ),
);
