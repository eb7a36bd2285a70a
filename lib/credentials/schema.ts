import { z } from "zod";
import { type ConnectorKind, connectorKinds, defaultKind } from "@/lib/connectors/kinds";
import { versionSchema } from "@/lib/edits";
import { withoutKeys } from "@/lib/text/key-guard";
import {
  credentialFormFields,
  dayOrNone,
  hasUserOrKey,
  secretFormFieldsOf,
  userOrKeyMissing,
  withSignInOf,
} from "./form-schema";
import { shownStatuses } from "./types";

/** The id under which a form reads along while its check runs; the form makes it up. */
export const progressIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** The same as a field of a form: without script it is empty, and whatever is no id counts as none. */
export const progressFieldSchema = progressIdSchema.optional().catch(undefined);

const tokenSchema = z.string().max(4096).optional();

const sentWithSecret = {
  /** Permission to store without a check, given by an earlier answer; anything else is ignored. */
  uncheckedToken: tokenSchema,
  /** Permission to send once what was refused before, given by an earlier answer. */
  tryAgainToken: tokenSchema,
  /** Permission to send past what turns visitors away, given by an earlier answer. */
  pastProxyToken: tokenSchema,
  /** Pressed to fill in the address that an earlier answer named; then nothing is checked. */
  fillIn: z.string().max(4096).optional(),
  progressId: progressFieldSchema,
};

/** A form as the connector reads it that its field `connector` names; without one, the one that was there first. */
function forKind<Schema extends z.ZodType>(schemaOf: (kind: ConnectorKind) => Schema) {
  return z
    .looseObject({ connector: z.enum(connectorKinds).default(defaultKind) })
    .transform((typed, context): z.output<Schema> => {
      const read = schemaOf(typed.connector).safeParse(typed);
      if (read.success) return read.data;
      for (const { path, message } of read.error.issues) {
        context.addIssue({ code: "custom", path: [...path], message });
      }
      return z.NEVER;
    });
}

/** Any place that names a credential by id; a malformed id is simply no credential. */
export const credentialIdSchema = z.guid();

/** What Add New Credential sends: what is typed, to what is used. */
export const addCredentialSchema = forKind((kind) =>
  z
    .object({ ...credentialFormFields, ...secretFormFieldsOf(kind), ...sentWithSecret })
    .refine(hasUserOrKey, userOrKeyMissing)
    .transform(withSignInOf(kind)),
);

/** What the form comes to; it holds the secret, so it stays inside the action. */
export type AddCredentialInput = z.output<typeof addCredentialSchema>;

/** The form that changes what may be changed without the secret. */
export const editCredentialSchema = z.object({
  credentialId: credentialIdSchema,
  version: versionSchema,
  ...credentialFormFields,
});

export type EditCredentialInput = z.output<typeof editCredentialSchema>;

/** The whole form that replaces the secret of one version of one credential. */
export const replaceSecretSchema = forKind((kind) =>
  z
    .object({
      credentialId: credentialIdSchema,
      secretVersion: versionSchema,
      ...secretFormFieldsOf(kind),
      ...sentWithSecret,
    })
    .refine(hasUserOrKey, userOrKeyMissing)
    .transform(withSignInOf(kind)),
);

/** What that comes to; it holds the secret, so it stays inside the action. */
export type ReplaceSecretInput = z.output<typeof replaceSecretSchema>;

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
  tryAgainToken: tokenSchema,
  pastProxyToken: tokenSchema,
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
