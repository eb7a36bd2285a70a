"use server";

import { z } from "zod";
import { defineVisitorAction } from "@/lib/action";
import { done } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { signOut } from "./mutations";
import { findActor } from "./require-actor";
import { clearSessionCookie } from "./session-cookie";

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
