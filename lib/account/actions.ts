"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { countOf } from "@/lib/count-of";
import { database } from "@/lib/db/client";
import { changePassword, endOtherSessions, endSession, renameSelf } from "./mutations";
import { changePasswordSchema, endSessionSchema, renameSchema } from "./schema";

export const renameSelfAction = defineAction(
  renameSchema,
  async (actor, input) => {
    await renameSelf(await database(), actor, input);
    return done(null);
  },
  { keep: keepFields("name"), redirectTo: () => "/account?saved=name" },
);

export const changePasswordAction = defineAction(
  changePasswordSchema,
  async (actor, input) => done(await changePassword(await database(), actor, input)),
  { redirectTo: () => "/account?saved=password" },
);

export const endSessionAction = defineAction(endSessionSchema, async (actor, { sessionId }) => {
  await endSession(await database(), actor, sessionId);
  refresh();
  return done({ said: "The session has ended." });
});

export const endOtherSessionsAction = defineAction(z.object({}), async (actor) => {
  const ended = await endOtherSessions(await database(), actor);
  refresh();
  return done({ said: `${countOf(ended, "session")} ended.` });
});
