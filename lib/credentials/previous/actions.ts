"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, type Outcome } from "@/lib/action-result";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { previousSecretSchema } from "@/lib/credentials/schema";
import { database } from "@/lib/db/client";
import { credentialPath } from "@/lib/paths";
import { forgetPrevious } from "./mutations";
import { checkThatDead, switchBack } from "./switch-back";

export const switchBackAction = defineAction(
  previousSecretSchema,
  async (actor, input): Promise<Outcome<string, FailedCheck>> => {
    const switched = await switchBack(await database(), actor, input);
    // After a refusal the page no longer says that the secret works.
    refresh();
    return switched;
  },
  { redirectTo: (credentialId) => `${credentialPath(credentialId)}?switched=1` },
);

export const checkPreviousSecretAction = defineAction(
  previousSecretSchema,
  async (actor, input): Promise<Outcome<null, FailedCheck>> => {
    const checked = await checkThatDead(await database(), actor, input);
    // The page says whether it is dead or still works.
    refresh();
    return checked;
  },
);

export const forgetPreviousSecretAction = defineAction(
  previousSecretSchema,
  async (actor, { credentialId, secretVersion }): Promise<Outcome<null, FailedCheck>> => {
    await forgetPrevious(await database(), actor, { credentialId, secretVersion });
    refresh();
    return done(null);
  },
);
