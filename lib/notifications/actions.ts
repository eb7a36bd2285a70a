"use server";

import { revalidatePath } from "next/cache";
import { defineAction } from "@/lib/action";
import { done } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { chooseChannels, markRead } from "./mutations";
import { choicesSchema, markReadSchema } from "./schema";

export const markInboxReadAction = defineAction(markReadSchema, async (actor, input) => {
  await markRead(await database(), actor, input);
  // Every page shows the count, and the browser keeps that part from page to page.
  revalidatePath("/", "layout");
  return done(null);
});

export const chooseChannelsAction = defineAction(
  choicesSchema,
  async (actor, choices) => done(await chooseChannels(await database(), actor, choices)),
  { redirectTo: () => "/account/notifications?done=choices" },
);
