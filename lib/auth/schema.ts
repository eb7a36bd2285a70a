import { z } from "zod";
import { nameSchema } from "@/lib/names";
import { isCommonPassword } from "./common-passwords";

const passwordMinLength = 12;
const passwordMaxLength = 1024;

const email = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, "Enter your email address.")
  .max(254, "An email address has at most 254 characters.")
  .pipe(z.email("Enter an email address such as jane@example.com."));

/** What sign-up takes: the password's length is judged before anything is computed from it. */
export const signUpSchema = z.object({
  name: nameSchema("Enter your name."),
  email,
  password: z
    .string()
    .min(passwordMinLength, `Use at least ${passwordMinLength} characters.`)
    .max(passwordMaxLength, `Use at most ${passwordMaxLength} characters.`)
    .refine(
      (password) => !isCommonPassword(password),
      "Many people use this password. Choose a less common one.",
    ),
});

/** What sign-in takes; a password is not judged by today's rules, which may be newer than the account. */
export const signInSchema = z.object({
  email,
  password: z.string().min(1, "Enter your password.").max(passwordMaxLength),
});

export type SignUpInput = z.output<typeof signUpSchema>;
export type SignInInput = z.output<typeof signInSchema>;
