"use server";

import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { removeServerPolicy, setSignInPolicy } from "./mutations";
import { policyPath, removeServerPolicySchema, setSignInPolicySchema } from "./schema";

type Stored = { server: string | null };

export const setSignInPolicyAction = defineAction(
  setSignInPolicySchema,
  async (actor, input): Promise<Outcome<Stored, never>> => {
    await setSignInPolicy(await database(), actor, input);
    return done({ server: input.server?.href ?? null });
  },
  {
    keep: keepFields("passwords", "keysMustEnd", "longestDays"),
    redirectTo: ({ server }) => `${policyPath(server)}${server === null ? "?" : "&"}done=saved`,
  },
);

export const removeServerPolicyAction = defineAction(
  removeServerPolicySchema,
  async (actor, input): Promise<Outcome<{ server: string }, never>> => {
    await removeServerPolicy(await database(), actor, input);
    return done({ server: input.server.href });
  },
  { redirectTo: ({ server }) => `${policyPath(server)}&done=removed` },
);
