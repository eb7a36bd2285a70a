import { z } from "zod";
import { diagnoseBaseUrl } from "@/lib/connectors/bitbucket-server/base-url";
import { chooseSignIn, usernameMissing } from "@/lib/connectors/bitbucket-server/sign-in";
import { readApiKey } from "@/lib/text/api-key-shape";
import { descriptionSchema, nameSchema } from "@/lib/text/names";
import { trimUnseen } from "@/lib/text/pasted-text";

/** What a credential is called and what it is for. */
export const credentialFormFields = {
  name: nameSchema("A credential needs a name."),
  description: descriptionSchema,
};

const typedSignIn = {
  username: z.string(),
  // Absent while the form folds it away.
  password: z.string().default(""),
};

/** Where to sign in and how, as it is typed. */
export const secretFormFields = {
  baseUrl: z.string().transform((typed, context) => {
    const diagnosis = diagnoseBaseUrl(typed);
    if (diagnosis.ok) return diagnosis.baseUrl;
    context.addIssue({ code: "custom", message: diagnosis.message });
    return z.NEVER;
  }),
  ...typedSignIn,
};

type TypedSignIn = { username: string; password: string };

/** True when the two sign-in fields name a user or hold an API key. */
export function hasUserOrKey({ username, password }: TypedSignIn): boolean {
  return trimUnseen(username) !== "" || readApiKey(password).kind === "key";
}

/** Said beside the complaints of other fields, which keep the choice below from being made. */
export const userOrKeyMissing = {
  path: ["username"],
  message: usernameMissing,
  when: ({ value }: { value: unknown }) => z.object(typedSignIn).safeParse(value).success,
};

/** What the two sign-in fields mean; complains at the field that cannot be meant. */
export function withSignIn<Typed extends TypedSignIn>(typed: Typed, context: z.RefinementCtx) {
  const { username, password, ...rest } = typed;
  const choice = chooseSignIn(username, password);
  if (choice.ok) return { ...rest, signIn: choice.signIn, shape: choice.shape };
  context.addIssue({ code: "custom", path: [choice.field], message: choice.message });
  return z.NEVER;
}

/** Add New Credential, as the browser judges it. */
export const addCredentialFormSchema = z
  .object({ ...credentialFormFields, ...secretFormFields })
  .refine(hasUserOrKey, userOrKeyMissing)
  .transform(withSignIn);

/** A new secret for a credential, as the browser judges it: the whole secret again, whatever else is changed. */
export const newSecretFormSchema = z
  .object(secretFormFields)
  .refine(hasUserOrKey, userOrKeyMissing)
  .transform(withSignIn);

/** What is typed into the fields of a secret, by field name. */
export type NewSecretForm = z.input<typeof newSecretFormSchema>;

/** Name and description of a credential, as the browser judges them. */
export const editCredentialFormSchema = z.object(credentialFormFields);

const day = z.iso
  .date("Enter a day, such as 2027-01-31.")
  .refine((text) => text >= "2000-01-01" && text <= "2199-12-31", "Enter a day between 2000 and 2199.");
/** A day, or null where nothing is typed. */
export const dayOrNone = z
  .literal("")
  .transform(() => null)
  .or(day);

/** The last day of an API key, as the browser judges it. */
export const keyEndFormSchema = z.object({ keyExpiresOn: dayOrNone });
