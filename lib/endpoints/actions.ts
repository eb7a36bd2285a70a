"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome, refused } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { changedMeanwhile } from "@/lib/edits";
import { type Direction, endpointPath, pathOf } from "@/lib/paths";
import { activateEndpoint, addEndpoint, deleteEndpoint, editEndpoint, pauseEndpoint } from "./mutations";
import { addEndpointSchema, editEndpointSchema, endpointIdSchema } from "./schema";
import type { EditableEndpoint } from "./types";

export const addEndpointAction = defineAction(
  addEndpointSchema,
  async (actor, input) => {
    const id = await addEndpoint(await database(), actor, input);
    return done({ id, direction: input.direction });
  },
  {
    keep: keepFields("name", "description"),
    redirectTo: ({ id, direction }) => `/${pathOf(direction)}?saved=${id}`,
  },
);

export const editEndpointAction = defineAction(
  editEndpointSchema,
  async (actor, input): Promise<Outcome<{ id: string; direction: Direction }, EditableEndpoint>> => {
    const edit = await editEndpoint(await database(), actor, input);
    return edit.saved
      ? done({ id: input.endpointId, direction: edit.now.direction })
      : refused(changedMeanwhile, edit.now);
  },
  {
    keep: keepFields("name", "description", "credentialId", "version"),
    redirectTo: ({ id, direction }) => `${endpointPath(direction, id)}?edited=1`,
  },
);

export const pauseEndpointAction = defineAction(
  z.object({ endpointId: endpointIdSchema }),
  async (actor, { endpointId }) => {
    await pauseEndpoint(await database(), actor, endpointId);
    refresh();
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
  z.object({ endpointId: endpointIdSchema }),
  async (actor, { endpointId }) => done(await deleteEndpoint(await database(), actor, endpointId)),
  { redirectTo: ({ direction }) => `/${pathOf(direction)}?deleted=1` },
);
