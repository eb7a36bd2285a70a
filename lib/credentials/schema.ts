import { z } from "zod";
import { diagnoseBaseUrl } from "@/lib/connectors/bitbucket-server/base-url";
import { chooseSignIn, usernameMissing } from "@/lib/connectors/bitbucket-server/sign-in";
import { versionSchema } from "@/lib/edits";
import { readApiKey } from "@/lib/text/api-key-shape";
import { withoutKeys } from "@/lib/text/key-guard";
import { descriptionSchema, nameSchema } from "@/lib/text/names";
import { trimUnseen } from "@/lib/text/pasted-text";
import { shownStatuses } from "./types";

// In the browser the content security policy forbids eval; zod would try it for speed, and be reported for it.
if (typeof window !== "undefined") z.config({ jitless: true });

/** The id under which a form reads along while its check climbs; the form makes it up. */
export const progressIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** The same as a field of a form: without script it is empty, and whatever is no id counts as none. */
export const progressFieldSchema = progressIdSchema.optional().catch(undefined);

const ticketSchema = z.string().max(4096).optional();

const typedSignIn = {
  username: z.string(),
  // Absent while the form folds it away.
  password: z.string().default(""),
};

const secretFields = {
  baseUrl: z.string().transform((typed, context) => {
    const diagnosis = diagnoseBaseUrl(typed);
    if (diagnosis.ok) return diagnosis;
    context.addIssue({ code: "custom", message: diagnosis.message });
    return z.NEVER;
  }),
  ...typedSignIn,
  /** Permission to store without a check, given by an earlier answer; anything else is ignored. */
  uncheckedTicket: ticketSchema,
  /** Permission to send once what was refused before, given by an earlier answer. */
  tryAgainTicket: ticketSchema,
  /** Permission to send past what turns visitors away, given by an earlier answer. */
  pastFrontTicket: ticketSchema,
  /** Pressed to fill in the address that an earlier answer named; then nothing is checked. */
  fillIn: z.string().max(4096).optional(),
  progressId: progressFieldSchema,
};

type TypedSignIn = { username: string; password: string };

function hasUserOrKey({ username, password }: TypedSignIn): boolean {
  return trimUnseen(username) !== "" || readApiKey(password).kind === "key";
}

/** Said beside the complaints of other fields, which keep the choice below from being made. */
const userOrKeyMissing = {
  path: ["username"],
  message: usernameMissing,
  when: ({ value }: { value: unknown }) => z.object(typedSignIn).safeParse(value).success,
};

/** What the two sign-in fields mean; complains at the field that cannot be meant. */
function withSignIn<Typed extends TypedSignIn>(typed: Typed, context: z.RefinementCtx) {
  const { username, password, ...rest } = typed;
  const choice = chooseSignIn(username, password);
  if (choice.ok) return { ...rest, signIn: choice.signIn, shape: choice.shape };
  context.addIssue({ code: "custom", path: [choice.field], message: choice.message });
  return z.NEVER;
}

/** Any place that names a credential by id; a malformed id is simply no credential. */
export const credentialIdSchema = z.guid();

/** The Add New Credential form: what is typed, to what is used. Runs in the browser and on the server alike. */
export const addCredentialSchema = z
  .object({
    name: nameSchema("A credential needs a name."),
    description: descriptionSchema,
    ...secretFields,
  })
  .refine(hasUserOrKey, userOrKeyMissing)
  .transform(withSignIn);

/** What is typed into the form, by field name. */
export type AddCredentialForm = z.input<typeof addCredentialSchema>;
/** What the form comes to; it holds the secret, so it stays inside the action. */
export type AddCredentialInput = z.output<typeof addCredentialSchema>;

/** The form that changes what may be changed without the secret. */
export const editCredentialSchema = z.object({
  credentialId: credentialIdSchema,
  version: versionSchema,
  name: nameSchema("A credential needs a name."),
  description: descriptionSchema,
});

export type EditCredentialInput = z.output<typeof editCredentialSchema>;

/** The fields of the form that replaces a secret, for the browser: the whole secret again, whatever else is changed. */
export const newSecretSchema = z
  .object(secretFields)
  .refine(hasUserOrKey, userOrKeyMissing)
  .transform(withSignIn);

/** The whole form that replaces the secret of one version of one credential. */
export const replaceSecretSchema = z
  .object({ credentialId: credentialIdSchema, secretVersion: versionSchema, ...secretFields })
  .refine(hasUserOrKey, userOrKeyMissing)
  .transform(withSignIn);

/** What that comes to; it holds the secret, so it stays inside the action. */
export type ReplaceSecretInput = z.output<typeof replaceSecretSchema>;

/** What is typed to replace a secret, by field name. */
export type NewSecretForm = z.input<typeof newSecretSchema>;
/** What that comes to; it holds the secret, so it stays inside the action. */
export type NewSecretInput = z.output<typeof newSecretSchema>;

const searchMaxLength = 100;

/** What a list of credentials is narrowed down to; null or empty where it is not. */
export const credentialFilterSchema = z.object({
  // Beyond the longest name nothing could match; NUL cannot be asked of PostgreSQL.
  q: z
    .string()
    .transform((typed) =>
      withoutKeys(typed).normalize("NFC").replaceAll("\0", "").trim().slice(0, searchMaxLength),
    )
    .catch(""),
  status: z.enum(shownStatuses).nullable().catch(null),
  /** One of the groups of tiles: mine, shared, or a team by its id. */
  whose: z
    .union([z.enum(["mine", "shared"]), z.guid()])
    .nullable()
    .catch(null),
});

export type CredentialFilter = z.output<typeof credentialFilterSchema>;

const day = z.iso
  .date("Enter a day, such as 2027-01-31.")
  .refine((text) => text >= "2000-01-01" && text <= "2199-12-31", "Enter a day between 2000 and 2199.");
const dayOrNone = z
  .literal("")
  .transform(() => null)
  .or(day);

/** The form for the end of an API key: the day before and after, and of which key they speak. Nothing typed: no day. */
export const setKeyEndSchema = z.object({
  credentialId: credentialIdSchema,
  secretVersion: versionSchema,
  previous: dayOrNone,
  keyExpiresOn: dayOrNone,
});

/** A key's last day as it shall be. */
export type SetKeyEndInput = z.output<typeof setKeyEndSchema>;

/** Check now, Check again and Try again. */
export const checkCredentialSchema = z.object({
  credentialId: credentialIdSchema,
  tryAgainTicket: ticketSchema,
  pastFrontTicket: ticketSchema,
  progressId: progressFieldSchema,
});

/** A pressed Check now, Check again or Try again. */
export type CheckCredentialInput = z.output<typeof checkCredentialSchema>;

/** Which tiles the Authenticate screen shows, as its address says it: "mine", "shared" or a team's id; nonsense shows all. */
export const tileGroupSchema = z
  .union([z.enum(["mine", "shared"]), z.guid()])
  .transform((text) =>
    text === "mine" || text === "shared"
      ? ({ kind: text } as const)
      : ({ kind: "team", teamId: text } as const),
  )
  .or(z.unknown().transform(() => ({ kind: "all" }) as const));

export type TileGroup = z.output<typeof tileGroupSchema>;
