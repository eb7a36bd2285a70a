"use server";

import { defineAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { pathOf } from "@/lib/connectors";
import { database } from "@/lib/db/client";
import { addFlow } from "./mutations";
import { addFlowSchema } from "./schema";

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
