import { z } from "zod";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
import { readApiKey } from "@/lib/text/api-key-shape";
import { descriptionSchema, nameSchema } from "@/lib/text/names";
import { trimUnseen } from "@/lib/text/pasted-text";
import { tagsSchema } from "@/lib/text/tags";

/** A credential's name and description. */
export const credentialFormFields = {
  name: nameSchema("A credential needs a name."),
  description: descriptionSchema,
};

const typedSignIn = {
  username: z.string(),
  // Absent while the form hides the field.
  password: z.string().default(""),
};

/** The base-URL and sign-in fields for this kind of server. */
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

/** Reported together with errors in other fields, which would keep `withSignInOf` from running. */
export const userOrKeyMissing = {
  path: ["username"],
  message: "Enter a user name or an API key.",
  when: ({ value }: { value: unknown }) => z.object(typedSignIn).safeParse(value).success,
};

/** Chooses the sign-in from the two fields for this kind of server; reports an error at the field that is wrong. */
export function withSignInOf(kind: ConnectorKind) {
  return <Typed extends TypedSignIn>(typed: Typed, context: z.RefinementCtx) => {
    const { username, password, ...rest } = typed;
    const choice = connectorOf(kind).chooseSignIn(username, password);
    if (choice.ok) return { ...rest, kind, signIn: choice.signIn, shape: choice.shape };
    context.addIssue({ code: "custom", path: [choice.field], message: choice.message });
    return z.NEVER;
  };
}

/** The browser's schema of Add New Credential. */
export function addCredentialFormSchemaOf(kind: ConnectorKind) {
  return z
    .object({ ...credentialFormFields, ...secretFormFieldsOf(kind) })
    .refine(hasUserOrKey, userOrKeyMissing)
    .transform(withSignInOf(kind));
}

/** The browser's schema of a new secret: all of it is entered again, whatever else changes. */
export function newSecretFormSchemaOf(kind: ConnectorKind) {
  return z
    .object(secretFormFieldsOf(kind))
    .refine(hasUserOrKey, userOrKeyMissing)
    .transform(withSignInOf(kind));
}

/** The typed values of a secret's fields, by field name. */
export type NewSecretForm = z.input<ReturnType<typeof newSecretFormSchemaOf>>;

/** The browser's schema of what can be changed without the secret. */
export const editCredentialFormSchema = z.object({ ...credentialFormFields, tags: tagsSchema });

const day = z.iso
  .date("Enter a day, such as 2027-01-31.")
  .refine((text) => text >= "2000-01-01" && text <= "2199-12-31", "Enter a day between 2000 and 2199.");
/** A day, or null for an empty field. */
export const dayOrNone = z
  .literal("")
  .transform(() => null)
  .or(day);

/** The browser's schema of an API key's last day. */
export const keyEndFormSchema = z.object({ keyExpiresOn: dayOrNone });
