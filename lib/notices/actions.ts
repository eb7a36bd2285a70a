"use server";

import { revalidatePath } from "next/cache";
import { defineAction } from "@/lib/action";
import { done } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { dismissNotice } from "./mutations";
import { noticeIdSchema } from "./schema";

export const dismissNoticeAction = defineAction(noticeIdSchema, async (actor, { noticeId }) => {
  await dismissNotice(await database(), actor, noticeId);
  // Every page shows the notices on top, and the browser keeps that part from page to page.
  revalidatePath("/", "layout");
  return done(null);
});
