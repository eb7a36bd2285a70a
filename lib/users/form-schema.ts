import { z } from "zod";
import { emailSchema, typedPasswordSchema } from "@/lib/auth/schema";
import { nameSchema } from "@/lib/text/names";

/** Sign-up, as the browser judges it; whether many people use the password only the server knows. */
export const signUpFormSchema = z.object({
  name: nameSchema("Enter your name."),
  email: emailSchema,
  password: typedPasswordSchema,
  /** For the first account of a portal that others reach; empty otherwise. */
  setUpToken: z.string().max(200, "This is not the set-up token.").default(""),
});
