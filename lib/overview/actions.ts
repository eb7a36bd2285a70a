"use server";

import { refresh, revalidatePath } from "next/cache";
import { defineAction } from "@/lib/action";
import { done } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { credentialPath, endpointPath } from "@/lib/paths";
import { noteSharedSeen } from "./mutations";
import { openSharedSchema } from "./schema";

export const openSharedAction = defineAction(
  openSharedSchema,
  async (actor, input) => {
    await noteSharedSeen(await database(), actor, input);
    // Going back shows the start page without the entry.
    revalidatePath("/");
    return done(input);
  },
  {
    redirectTo: ({ thing, id }) => (thing === "credential" ? credentialPath(id) : endpointPath(thing, id)),
    staysInHistory: true,
  },
);

export const dismissSharedAction = defineAction(openSharedSchema, async (actor, input) => {
  await noteSharedSeen(await database(), actor, input);
  refresh();
  return done(null);
});
