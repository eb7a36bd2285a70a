"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome, refused } from "@/lib/action-result";
import { connectorKinds } from "@/lib/connectors/kinds";
import type { FailedCheck, PassedCheck } from "@/lib/credentials/checks/types";
import { database } from "@/lib/db/client";
import { changedMeanwhile } from "@/lib/edits";
import { credentialPath, wizardPaths } from "@/lib/paths";
import { checkNow } from "./check-now";
import { credentialFormFields } from "./form-schema";
import { keepTyped } from "./form-state";
import { editCredential, setKeyEnd } from "./mutations";
import { saveCredential } from "./save";
import { addCredentialSchema, checkCredentialSchema, editCredentialSchema, setKeyEndSchema } from "./schema";
import type { EditableCredential } from "./types";

const inWizard = z.object({
  direction: z.enum(["source", "destination"]),
  connector: z.enum(connectorKinds),
});
// Outside the wizard, a credential is added without a direction; the connector may be given alone.
const byItself = z.object({
  direction: z.undefined().optional(),
  connector: z.enum(connectorKinds).optional(),
});

type Saved = { credentialId: string; wizard: z.output<typeof inWizard> | null };

/** The credential's page, with the flash message about what was saved. */
function told(flash: "saved" | "edited", credentialId: string): string {
  return `${credentialPath(credentialId)}?${flash}=1`;
}

export const addCredentialAction = defineAction(
  z.union([inWizard, byItself]).and(addCredentialSchema),
  async (actor, input): Promise<Outcome<Saved, FailedCheck | PassedCheck>> => {
    const { direction, connector } = input;
    const saved = await saveCredential(await database(), actor, input);
    if (!saved.ok) return saved;
    return done({
      credentialId: saved.data,
      wizard: direction && connector ? { direction, connector } : null,
    });
  },
  {
    keep: keepTyped,
    redirectTo: ({ credentialId, wizard }) =>
      wizard
        ? `${wizardPaths(wizard.direction, wizard.connector).authenticate}?${new URLSearchParams({ credential: credentialId, saved: "1" })}`
        : told("saved", credentialId),
  },
);

export const editCredentialAction = defineAction(
  editCredentialSchema,
  async (actor, input): Promise<Outcome<string, EditableCredential>> => {
    const edit = await editCredential(await database(), actor, input);
    return edit.saved ? done(input.credentialId) : refused(changedMeanwhile, edit.now);
  },
  {
    keep: keepFields(...Object.keys(credentialFormFields), "version"),
    redirectTo: (id) => told("edited", id),
  },
);

export const checkCredentialAction = defineAction(
  checkCredentialSchema,
  async (actor, input): Promise<Outcome<null, FailedCheck>> => {
    const checked = await checkNow(await database(), actor, input);
    // The page shows the new status, whether the check passed or failed.
    refresh();
    return checked;
  },
);

export const setKeyEndAction = defineAction(
  setKeyEndSchema,
  async (actor, input): Promise<Outcome<null, never>> => {
    await setKeyEnd(await database(), actor, input);
    // The page shows the new day and the warnings that follow from it.
    refresh();
    return done(null);
  },
  { keep: keepFields("keyExpiresOn") },
);
