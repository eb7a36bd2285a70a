"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { defineAction, defineVisitorAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { browserLabel } from "@/lib/auth/browser-label";
import { writeSessionCookie } from "@/lib/auth/session-cookie";
import { countOf } from "@/lib/count-of";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { changeRole, disablePerson, enablePerson, signOutEverywhere, signUp } from "./mutations";
import { changeRoleSchema, personIdSchema, signUpSchema } from "./schema";

export const signUpAction = defineVisitorAction(
  signUpSchema,
  async ({ requestId }, input) => {
    const visitor = { requestId, browser: browserLabel((await headers()).get("user-agent")) };
    await writeSessionCookie(await signUp(await database(), visitor, input, env().SIGN_UP));
    return done(null);
  },
  { keep: keepFields("name", "email"), redirectTo: () => "/" },
);

export const disablePersonAction = defineAction(personIdSchema, async (actor, { personId }) => {
  const ended = await disablePerson(await database(), actor, personId);
  refresh();
  return done({ said: `The account is disabled; ${countOf(ended, "session")} ended.` });
});

export const enablePersonAction = defineAction(personIdSchema, async (actor, { personId }) => {
  await enablePerson(await database(), actor, personId);
  refresh();
  return done({ said: "The account is enabled: its owner can sign in again." });
});

export const changeRoleAction = defineAction(changeRoleSchema, async (actor, input) => {
  const ended = await changeRole(await database(), actor, input);
  refresh();
  const now = input.role === "administrator" ? "a portal administrator" : "a member";
  return done({ said: `Is ${now} now; ${countOf(ended, "session")} ended.` });
});

export const signOutEverywhereAction = defineAction(personIdSchema, async (actor, { personId }) => {
  const ended = await signOutEverywhere(await database(), actor, personId);
  refresh();
  return done({ said: `${countOf(ended, "session")} ended.` });
});
