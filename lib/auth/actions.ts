"use server";

import { z } from "zod";
import { defineVisitorAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { signOut, signUp } from "./mutations";
import { findActor } from "./require-actor";
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

// For visitors too: whose session has ended already still wants the cookie gone and the page left.
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
