"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { defineAction, defineVisitorAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { browserLabel } from "@/lib/auth/browser-label";
import { writeDeviceCookie } from "@/lib/auth/device-cookie";
import { readSessionCookie, writeSessionCookie } from "@/lib/auth/session-cookie";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { changeRole, disableUser, enableUser, signOutEverywhere, signUp, undoDisable } from "./mutations";
import { changeRoleSchema, disableUserSchema, signUpSchema, userIdSchema } from "./schema";

export const signUpAction = defineVisitorAction(
  signUpSchema,
  async (visitor, input) => {
    const browser = browserLabel((await headers()).get("user-agent"));
    const somebody = { ...visitor, browser, sessionToken: await readSessionCookie() };
    const signedUp = await signUp(await database(), somebody, input, env().SIGN_UP);
    await writeSessionCookie(signedUp.token);
    await writeDeviceCookie(signedUp.device, input.email);
    return done({ teamId: signedUp.teamId, isProposed: signedUp.isProposed });
  },
  {
    keep: keepFields("name", "email"),
    redirectTo: ({ teamId, isProposed }) => {
      if (isProposed) return "/teams?done=asked";
      return teamId ? `/teams/${teamId}?done=joined` : "/";
    },
  },
);

export const disableUserAction = defineAction(
  disableUserSchema,
  async (actor, { userId, stopsSeen }) => {
    // Before the outcome is known: on a conflict, the page then shows what would stop now.
    refresh();
    await disableUser(await database(), actor, userId, stopsSeen);
    return done(userId);
  },
  { redirectTo: (userId) => `/admin/users/${userId}?done=disabled` },
);

export const undoDisableAction = defineAction(
  userIdSchema,
  async (actor, { userId }) => {
    await undoDisable(await database(), actor, userId);
    return done(userId);
  },
  { redirectTo: (userId) => `/admin/users/${userId}?done=restored` },
);

export const enableUserAction = defineAction(
  userIdSchema,
  async (actor, { userId }) => {
    await enableUser(await database(), actor, userId);
    return done(userId);
  },
  { redirectTo: (userId) => `/admin/users/${userId}?done=enabled` },
);

export const changeRoleAction = defineAction(
  changeRoleSchema,
  async (actor, input) => {
    await changeRole(await database(), actor, input);
    return done(input);
  },
  { redirectTo: ({ userId, role }) => `/admin/users/${userId}?done=${role}` },
);

export const signOutEverywhereAction = defineAction(
  userIdSchema,
  async (actor, { userId }) => {
    await signOutEverywhere(await database(), actor, userId);
    return done(userId);
  },
  { redirectTo: (userId) => `/admin/users/${userId}?done=signed-out` },
);
