import { z } from "zod";
import { emailSchema, typedPasswordSchema } from "@/lib/auth/schema";
import { nameSchema } from "@/lib/text/names";

/** The browser's schema of sign-up; only the server knows whether the password is a common one. */
export const signUpFormSchema = z.object({
  name: nameSchema("Enter your name."),
  email: emailSchema,
  password: typedPasswordSchema,
  /** For the first account of a portal that other machines can reach; empty otherwise. */
  setUpToken: z.string().max(200, "This is not the set-up token.").default(""),
});
