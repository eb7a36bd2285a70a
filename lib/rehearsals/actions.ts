"use server";

import { z } from "zod";
import { defineAction } from "@/lib/action";
import { keepFields } from "@/lib/action-result";
import { keepTyped } from "@/lib/credentials/form-state";
import { replaceSecretSchema } from "@/lib/credentials/schema";
import { database } from "@/lib/db/client";
import { scheduleFields } from "@/lib/endpoints/form-schema";
import { editEndpointSchema } from "@/lib/endpoints/schema";
import { credentialPath, endpointPath } from "@/lib/paths";
import { editAfterRehearsal } from "./edit-endpoint";
import { replaceAfterRehearsal } from "./replace-secret";

/** The signed token of *Replace anyway* or *Save anyway*, from an earlier response. */
const confirmable = z.object({ rehearsalToken: z.string().max(4096).optional() });

/** The flash message's parameters: what was done, and that everything was tried before. */
function flash(name: "replaced" | "edited", isTried: boolean): string {
  return isTried ? `${name}=1&tried=1` : `${name}=1`;
}

export const replaceSecretAction = defineAction(
  replaceSecretSchema.and(confirmable),
  async (actor, input) => replaceAfterRehearsal(await database(), actor, input),
  {
    keep: (form) => ({ ...keepTyped(form), ...keepFields("secretVersion", "keepPrevious")(form) }),
    redirectTo: ({ credentialId, isTried }) =>
      `${credentialPath(credentialId)}?${flash("replaced", isTried)}`,
  },
);

export const editEndpointAction = defineAction(
  editEndpointSchema.and(confirmable),
  async (actor, input) => editAfterRehearsal(await database(), actor, input),
  {
    keep: keepFields(
      "name",
      "description",
      "credentialId",
      "version",
      "keepRunsDays",
      "keepDeletedDays",
      "keepDeliveriesDays",
      ...Object.keys(scheduleFields),
    ),
    redirectTo: ({ id, direction, isTried }) => `${endpointPath(direction, id)}?${flash("edited", isTried)}`,
  },
);
