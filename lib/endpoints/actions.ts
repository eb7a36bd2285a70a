"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome, refused } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { changedMeanwhile } from "@/lib/edits";
import { type Direction, flowPath, pathOf } from "@/lib/paths";
import { activateFlow, addFlow, deleteFlow, editFlow, pauseFlow } from "./mutations";
import { addFlowSchema, editFlowSchema, flowIdSchema } from "./schema";
import type { EditableFlow } from "./types";

export const addFlowAction = defineAction(
  addFlowSchema,
  async (actor, input) => {
    const id = await addFlow(await database(), actor, input);
    return done({ id, direction: input.direction });
  },
  {
    keep: keepFields("name", "description"),
    redirectTo: ({ id, direction }) => `/${pathOf(direction)}?saved=${id}`,
  },
);

export const editFlowAction = defineAction(
  editFlowSchema,
  async (actor, input): Promise<Outcome<{ id: string; direction: Direction }, EditableFlow>> => {
    const edit = await editFlow(await database(), actor, input);
    return edit.saved
      ? done({ id: input.flowId, direction: edit.now.direction })
      : refused(changedMeanwhile, edit.now);
  },
  {
    keep: keepFields("name", "description", "credentialId", "version"),
    redirectTo: ({ id, direction }) => `${flowPath(direction, id)}?edited=1`,
  },
);

export const pauseFlowAction = defineAction(z.object({ flowId: flowIdSchema }), async (actor, { flowId }) => {
  await pauseFlow(await database(), actor, flowId);
  refresh();
  return done(null);
});

export const activateFlowAction = defineAction(
  z.object({ flowId: flowIdSchema }),
  async (actor, { flowId }) => {
    await activateFlow(await database(), actor, flowId);
    refresh();
    return done(null);
  },
);

export const deleteFlowAction = defineAction(
  z.object({ flowId: flowIdSchema }),
  async (actor, { flowId }) => done(await deleteFlow(await database(), actor, flowId)),
  { redirectTo: ({ direction }) => `/${pathOf(direction)}?deleted=1` },
);
