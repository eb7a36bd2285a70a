"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { defineAction, defineVisitorAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { writeDeviceCookie } from "@/lib/auth/device-cookie";
import { signOut } from "@/lib/auth/mutations";
import { findActor } from "@/lib/auth/require-actor";
import { clearSessionCookie } from "@/lib/auth/session-cookie";
import { database } from "@/lib/db/client";
import { changePassword, endOtherSessions, endSession, renameSelf } from "./mutations";
import { changePasswordSchema, endOtherSessionsSchema, endSessionSchema, renameSchema } from "./schema";

export const renameSelfAction = defineAction(
  renameSchema,
  async (actor, input) => {
    await renameSelf(await database(), actor, input);
    // Every page's header shows the name, and the browser keeps the header from page to page.
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

// For visitors, too: a user whose session has already ended still needs the cookie deleted and the page left.
export const signOutAction = defineVisitorAction(
  z.object({}),
  async () => {
    const actor = await findActor();
    if (actor) await signOut(await database(), actor);
    await clearSessionCookie();
    return done(null);
  },
  { redirectTo: () => "/sign-in" },
);
