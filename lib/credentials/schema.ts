import { z } from "zod";
import { diagnoseBaseUrl } from "@/lib/bitbucket/base-url";
import { chooseSignIn, usernameMissing } from "@/lib/bitbucket/sign-in";
import { descriptionSchema, nameSchema } from "@/lib/names";

// In the browser the content security policy forbids eval; zod would try it for speed, and be reported for it.
if (typeof window !== "undefined") z.config({ jitless: true });

/** The Add New Credential form: what is typed, to what is used. Runs in the browser and on the server alike. */
export const addCredentialSchema = z
  .object({
    name: nameSchema("A credential needs a name."),
    description: descriptionSchema,
    baseUrl: z.string().transform((typed, context) => {
      const diagnosis = diagnoseBaseUrl(typed);
      if (diagnosis.ok) return diagnosis;
      context.addIssue({ code: "custom", message: diagnosis.message });
      return z.NEVER;
    }),
    // Asked here too, because the choice below is made only once each field by itself is right.
    username: z.string().refine((typed) => typed.trim() !== "", usernameMissing),
    password: z.string(),
    /** Permission to store without a check, given by an earlier answer; anything else is ignored. */
    uncheckedTicket: z.string().max(4096).optional(),
  })
  .transform((typed, context) => {
    const { username, password, ...rest } = typed;
    const choice = chooseSignIn(username, password);
    if (choice.ok) return { ...rest, signIn: choice.signIn, shape: choice.shape };
    context.addIssue({ code: "custom", path: [choice.field], message: choice.message });
    return z.NEVER;
  });

/** What is typed into the form, by field name. */
export type AddCredentialForm = z.input<typeof addCredentialSchema>;
/** What the form comes to; it holds the secret, so it stays inside the action. */
export type AddCredentialInput = z.output<typeof addCredentialSchema>;

/** Any place that names a credential by id; a malformed id is simply no credential. */
export const credentialIdSchema = z.guid();
