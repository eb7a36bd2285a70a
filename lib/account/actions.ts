"use server";

import { revalidatePath } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { writeDeviceCookie } from "@/lib/auth/device-cookie";
import { database } from "@/lib/db/client";
import { changePassword, endOtherSessions, endSession, renameSelf } from "./mutations";
import { changePasswordSchema, endOtherSessionsSchema, endSessionSchema, renameSchema } from "./schema";

export const renameSelfAction = defineAction(
  renameSchema,
  async (actor, input) => {
    await renameSelf(await database(), actor, input);
    // The header of every page shows the name, and a browser keeps the header from page to page.
    revalidatePath("/", "layout");
    return done(null);
  },
  { keep: keepFields("name"), redirectTo: () => "/account?done=name" },
);

export const changePasswordAction = defineAction(
  changePasswordSchema,
  async (actor, input) => {
    const { endedSessions, device } = await changePassword(await database(), actor, input);
    await writeDeviceCookie(device, actor.email);
    return done(endedSessions);
  },
  { redirectTo: () => "/account?done=password" },
);

export const endSessionAction = defineAction(
  endSessionSchema,
  async (actor, { sessionId }) => done(await endSession(await database(), actor, sessionId)),
  { redirectTo: () => "/account?done=session" },
);

export const endOtherSessionsAction = defineAction(
  endOtherSessionsSchema,
  async (actor) => done(await endOtherSessions(await database(), actor)),
  { redirectTo: () => "/account?done=sessions" },
);
