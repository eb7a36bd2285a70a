"use server";

import { refresh } from "next/cache";
import { defineAction, defineVisitorAction } from "@/lib/action";
import { done, type Outcome } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { makeReset, resetPassword, revokeReset } from "./mutations";
import { clearResetCookie, readResetCookie } from "./reset-cookie";
import { makeResetSchema, resetIdSchema, resetPasswordSchema } from "./schema";
import type { NewReset } from "./types";

export const makeResetAction = defineAction(
  makeResetSchema,
  async (actor, { userId }): Promise<Outcome<NewReset, never>> => {
    const token = await makeReset(await database(), actor, userId);
    // Updates the list of links below the form.
    refresh();
    return done({ link: `${env().APP_ORIGIN}/reset-password/${token}` });
  },
);

export const revokeResetAction = defineAction(resetIdSchema, async (actor, { resetId }) => {
  await revokeReset(await database(), actor, resetId);
  refresh();
  return done(null);
});

export const resetPasswordAction = defineVisitorAction(
  resetPasswordSchema,
  async (visitor, { newPassword }) => {
    const token = await readResetCookie();
    await resetPassword(await database(), visitor, { token, newPassword });
    await clearResetCookie();
    return done(null);
  },
  { redirectTo: () => "/reset-password/done" },
);
