"use server";

import { z } from "zod";
import { defineAction, defineVisitorAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { signOut, signUp } from "./mutations";
import { signUpSchema } from "./schema";
import { clearSessionCookie, writeSessionCookie } from "./session-cookie";

export const signUpAction = defineVisitorAction(
  signUpSchema,
  async (visitor, input) => {
    await writeSessionCookie(await signUp(await database(), visitor, input, env().SIGN_UP));
    return done(null);
  },
  { keep: keepFields("name", "email"), redirectTo: () => "/" },
);

export const signOutAction = defineAction(
  z.object({}),
  async (actor) => {
    await signOut(await database(), actor);
    await clearSessionCookie();
    return done(null);
  },
  { redirectTo: () => "/sign-in" },
);
