"use server";

import { headers } from "next/headers";
import { defineAction, defineVisitorAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { browserLabel } from "@/lib/auth/browser-label";
import { writeSessionCookie } from "@/lib/auth/session-cookie";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { changeRole, disablePerson, enablePerson, signOutEverywhere, signUp } from "./mutations";
import { changeRoleSchema, personIdSchema, signUpSchema } from "./schema";

export const signUpAction = defineVisitorAction(
  signUpSchema,
  async (visitor, input) => {
    const browser = browserLabel((await headers()).get("user-agent"));
    const { token, teamId, isProposed } = await signUp(
      await database(),
      { ...visitor, browser },
      input,
      env().SIGN_UP,
    );
    await writeSessionCookie(token);
    return done({ teamId, isProposed });
  },
  {
    keep: keepFields("name", "email"),
    redirectTo: ({ teamId, isProposed }) => {
      if (isProposed) return "/teams?done=asked";
      return teamId ? `/teams/${teamId}?done=joined` : "/";
    },
  },
);

export const disablePersonAction = defineAction(
  personIdSchema,
  async (actor, { personId }) => {
    await disablePerson(await database(), actor, personId);
    return done(personId);
  },
  { redirectTo: (personId) => `/admin/users/${personId}?done=disabled` },
);

export const enablePersonAction = defineAction(
  personIdSchema,
  async (actor, { personId }) => {
    await enablePerson(await database(), actor, personId);
    return done(personId);
  },
  { redirectTo: (personId) => `/admin/users/${personId}?done=enabled` },
);

export const changeRoleAction = defineAction(
  changeRoleSchema,
  async (actor, input) => {
    await changeRole(await database(), actor, input);
    return done(input);
  },
  { redirectTo: ({ personId, role }) => `/admin/users/${personId}?done=${role}` },
);

export const signOutEverywhereAction = defineAction(
  personIdSchema,
  async (actor, { personId }) => {
    await signOutEverywhere(await database(), actor, personId);
    return done(personId);
  },
  { redirectTo: (personId) => `/admin/users/${personId}?done=signed-out` },
);
