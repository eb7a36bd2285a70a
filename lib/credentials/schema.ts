import { z } from "zod";
import { type ConnectorKind, connectorKinds, defaultKind } from "@/lib/connectors/kinds";
import { versionSchema } from "@/lib/edits";
import { searchSchema } from "@/lib/text/search";
import { tagFilterSchema, tagsSchema } from "@/lib/text/tags";
import {
  credentialFormFields,
  dayOrNone,
  hasUserOrKey,
  secretFormFieldsOf,
  userOrKeyMissing,
  withSignInOf,
} from "./form-schema";
import { credentialSorts, shownStatuses } from "./types";

/** The id under which a form follows its check's progress; the form generates it. */
export const progressIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** The progress id as a form field: empty without JavaScript; an invalid id counts as absent. */
export const progressFieldSchema = progressIdSchema.optional().catch(undefined);

const tokenSchema = z.string().max(4096).optional();

const sentWithSecret = {
  /** The signed token to store without a check, from an earlier response. */
  uncheckedToken: tokenSchema,
  /** The signed token to send a refused sign-in once more, from an earlier response. */
  tryAgainToken: tokenSchema,
  /** The signed token to send past a proxy that turns visitors away, from an earlier response. */
  pastProxyToken: tokenSchema,
  /** Set when the user accepts the address that an earlier response named; then nothing is checked. */
  fillIn: z.string().max(4096).optional(),
  progressId: progressFieldSchema,
};

/** The form's schema for the kind in its `connector` field; without that field, for the default kind. */
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

/** A credential's id; a malformed id names no credential. */
export const credentialIdSchema = z.guid();

/** The typed values of Add New Credential, parsed. */
export const addCredentialSchema = forKind((kind) =>
  z
    .object({
      ...credentialFormFields,
      ...secretFormFieldsOf(kind),
      ...sentWithSecret,
      /** Set by the button that checks and stores nothing. */
      checkOnly: z.string().optional(),
    })
    .refine(hasUserOrKey, userOrKeyMissing)
    .transform(withSignInOf(kind)),
);

/** The parsed form; it holds the secret, so it stays inside the action. */
export type AddCredentialInput = z.output<typeof addCredentialSchema>;

/** The form for what can be changed without the secret. */
export const editCredentialSchema = z.object({
  credentialId: credentialIdSchema,
  version: versionSchema,
  ...credentialFormFields,
  /** Absent: they stay as they are. */
  tags: tagsSchema.optional(),
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
      /** A checkbox: absent, the replaced secret is deleted at once. */
      keepPrevious: z.literal("on").optional(),
    })
    .refine(hasUserOrKey, userOrKeyMissing)
    .transform(withSignInOf(kind)),
);

/** The parsed form; it holds the secret, so it stays inside the action. */
export type ReplaceSecretInput = z.output<typeof replaceSecretSchema>;

/** A server or owner in a list's address: its id, or a part of its base URL or name; null for all. */
export const choiceFilterSchema = searchSchema.transform((text) => text || null);

/** The filter and order of a list of credentials; null or empty where it does not apply. */
export const credentialFilterSchema = z.object({
  q: searchSchema,
  status: z.enum(shownStatuses).nullable().catch(null),
  /** A group of tiles: "mine", "shared", or a team's id. */
  whose: z
    .union([z.enum(["mine", "shared"]), z.guid()])
    .nullable()
    .catch(null),
  /** The owner's id, or a part of their name. */
  owner: choiceFilterSchema,
  /** A server's id, or a part of its address. */
  server: choiceFilterSchema,
  tag: tagFilterSchema,
  /** "unused": only those that no source or destination has; "idle": those that no run has used for long. */
  use: z.enum(["unused", "idle"]).nullable().catch(null),
  sort: z.enum(credentialSorts).nullable().catch(null),
});

export type CredentialFilter = z.output<typeof credentialFilterSchema>;

/** The form for an API key's last day: the day before and after, and the key's version. An empty field means no day. */
export const setKeyEndSchema = z.object({
  credentialId: credentialIdSchema,
  secretVersion: versionSchema,
  previous: dayOrNone,
  keyExpiresOn: dayOrNone,
});

/** The new last day of an API key. */
export type SetKeyEndInput = z.output<typeof setKeyEndSchema>;

/** The form of Check now, Check again and Try again. */
export const checkCredentialSchema = z.object({
  credentialId: credentialIdSchema,
  tryAgainToken: tokenSchema,
  pastProxyToken: tokenSchema,
  progressId: progressFieldSchema,
});

/** The forms of a previous secret. The current secret's version names it, since every replacement counts that up. */
export const previousSecretSchema = z.object({
  credentialId: credentialIdSchema,
  secretVersion: versionSchema,
  tryAgainToken: tokenSchema,
});

/** Which previous secret, and the token to send it although it was refused. */
export type PreviousSecretInput = z.output<typeof previousSecretSchema>;

/** The parsed form of Check now, Check again and Try again. */
export type CheckCredentialInput = z.output<typeof checkCredentialSchema>;

/** The group of tiles in the Authenticate screen's URL: "mine", "shared" or a team's id; anything else means all. */
export const tileGroupSchema = z
  .union([z.enum(["mine", "shared"]), z.guid()])
  .transform((text) =>
    text === "mine" || text === "shared"
      ? ({ kind: text } as const)
      : ({ kind: "team", teamId: text } as const),
  )
  .or(z.unknown().transform(() => ({ kind: "all" }) as const));

export type TileGroup = z.output<typeof tileGroupSchema>;
