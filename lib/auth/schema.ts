import { z } from "zod";
import { isFreeOfKeys, keyRefused } from "@/lib/text/key-guard";
import { readEmail } from "./email";

/** In UTF-16 code units, of a typed password: longer ones are refused before any work on them. */
export const passwordMaxLength = 1024;
const passwordMinLength = 12;

/** An email address in its stored spelling. */
export const emailSchema = z
  .string()
  .refine(isFreeOfKeys, { message: keyRefused, abort: true })
  .transform((typed, context) => {
    const read = readEmail(typed);
    if (read.ok) return read.email;
    context.addIssue({ code: "custom", message: read.message });
    return z.NEVER;
  });

/** An existing password; today's rules, which may be newer than the account, do not apply. */
export const knownPasswordSchema = z.string().min(1, "Enter your password.").max(passwordMaxLength);

/** A new password as far as a browser can check it: its length, in normalized spelling (NFC). */
export const typedPasswordSchema = z
  .string()
  .max(passwordMaxLength, `Use at most ${passwordMaxLength} characters.`)
  .transform((text) => text.normalize("NFC"))
  .pipe(
    z
      .string()
      .refine(
        (text) => [...text].length >= passwordMinLength,
        `Use at least ${passwordMinLength} characters.`,
      ),
  );

/** The sign-in form. */
export const signInSchema = z.object({ email: emailSchema, password: knownPasswordSchema });

export type SignInInput = z.output<typeof signInSchema>;
