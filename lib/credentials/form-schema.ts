import { z } from "zod";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
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

/** Where to sign in and how, as it is typed for a server of that kind. */
export function secretFormFieldsOf(kind: ConnectorKind) {
  const baseUrl = z.string().transform((typed, context) => {
    const diagnosis = connectorOf(kind).normalizeBaseUrl(typed);
    if (diagnosis.ok) return diagnosis.baseUrl;
    context.addIssue({ code: "custom", message: diagnosis.message });
    return z.NEVER;
  });
  return { baseUrl, ...typedSignIn };
}

type TypedSignIn = { username: string; password: string };

/** True when the two sign-in fields name a user or hold an API key. */
export function hasUserOrKey({ username, password }: TypedSignIn): boolean {
  return trimUnseen(username) !== "" || readApiKey(password).kind === "key";
}

/** Said beside the complaints of other fields, which keep the choice below from being made. */
export const userOrKeyMissing = {
  path: ["username"],
  message: "Enter a user name or an API key.",
  when: ({ value }: { value: unknown }) => z.object(typedSignIn).safeParse(value).success,
};

/** What the two sign-in fields mean to a server of that kind; complains at the field that cannot be meant. */
export function withSignInOf(kind: ConnectorKind) {
  return <Typed extends TypedSignIn>(typed: Typed, context: z.RefinementCtx) => {
    const { username, password, ...rest } = typed;
    const choice = connectorOf(kind).chooseSignIn(username, password);
    if (choice.ok) return { ...rest, kind, signIn: choice.signIn, shape: choice.shape };
    context.addIssue({ code: "custom", path: [choice.field], message: choice.message });
    return z.NEVER;
  };
}

/** Add New Credential, as the browser judges it. */
export function addCredentialFormSchemaOf(kind: ConnectorKind) {
  return z
    .object({ ...credentialFormFields, ...secretFormFieldsOf(kind) })
    .refine(hasUserOrKey, userOrKeyMissing)
    .transform(withSignInOf(kind));
}

/** A new secret for a credential, as the browser judges it: the whole secret again, whatever else is changed. */
export function newSecretFormSchemaOf(kind: ConnectorKind) {
  return z
    .object(secretFormFieldsOf(kind))
    .refine(hasUserOrKey, userOrKeyMissing)
    .transform(withSignInOf(kind));
}

/** What is typed into the fields of a secret, by field name. */
export type NewSecretForm = z.input<ReturnType<typeof newSecretFormSchemaOf>>;

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
