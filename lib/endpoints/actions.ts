"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { requireUsable } from "@/lib/credentials/require-usable";
import { database } from "@/lib/db/client";
import { endpointPath, pathOf } from "@/lib/paths";
import { activateEndpoint, addEndpoint, deleteEndpoint, pauseEndpoint } from "./mutations";
import { addEndpointSchema, endpointIdSchema, stopEndpointSchema } from "./schema";

const scheduleNames = ["schedule", "amount", "unit", "expression", "timeZone"];

export const addEndpointAction = defineAction(
  addEndpointSchema,
  async (actor, input) => {
    const db = await database();
    await requireUsable(db, actor, input.credentialId);
    const id = await addEndpoint(db, actor, input);
    return done({ id, direction: input.direction });
  },
  {
    keep: keepFields("name", "description", ...scheduleNames),
    redirectTo: ({ id, direction }) => `${endpointPath(direction, id)}?saved=1`,
  },
);

export const pauseEndpointAction = defineAction(
  stopEndpointSchema,
  async (actor, { endpointId, stopsSeen }) => {
    // Before the outcome is known: on a conflict, the page then shows what would stop now.
    refresh();
    await pauseEndpoint(await database(), actor, endpointId, stopsSeen);
    return done(null);
  },
);

export const activateEndpointAction = defineAction(
  z.object({ endpointId: endpointIdSchema }),
  async (actor, { endpointId }) => {
    await activateEndpoint(await database(), actor, endpointId);
    refresh();
    return done(null);
  },
);

export const deleteEndpointAction = defineAction(
  stopEndpointSchema,
  async (actor, { endpointId, stopsSeen }) => {
    refresh();
    return done(await deleteEndpoint(await database(), actor, endpointId, stopsSeen));
  },
  { redirectTo: ({ direction }) => `/${pathOf(direction)}?deleted=1` },
);
