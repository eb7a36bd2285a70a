"use server";

import { z } from "zod";
import { defineAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { changePassword, endOtherSessions, endSession, renameSelf } from "./mutations";
import { changePasswordSchema, endSessionSchema, renameSchema } from "./schema";

export const renameSelfAction = defineAction(
  renameSchema,
  async (actor, input) => done(await renameSelf(await database(), actor, input)),
  { keep: keepFields("name"), redirectTo: () => "/account?done=name" },
);

export const changePasswordAction = defineAction(
  changePasswordSchema,
  async (actor, input) => done(await changePassword(await database(), actor, input)),
  { redirectTo: () => "/account?done=password" },
);

export const endSessionAction = defineAction(
  endSessionSchema,
  async (actor, { sessionId }) => done(await endSession(await database(), actor, sessionId)),
  { redirectTo: () => "/account?done=session" },
);

export const endOtherSessionsAction = defineAction(
  z.object({}),
  async (actor) => done(await endOtherSessions(await database(), actor)),
  { redirectTo: () => "/account?done=sessions" },
);
