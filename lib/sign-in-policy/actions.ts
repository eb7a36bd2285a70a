"use server";

import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { setSignInPolicy } from "./mutations";
import { policyPath, setSignInPolicySchema } from "./schema";

type Stored = { server: string | null; isRemoved: boolean };

export const setSignInPolicyAction = defineAction(
  setSignInPolicySchema,
  async (actor, input): Promise<Outcome<Stored, never>> => {
    await setSignInPolicy(await database(), actor, input);
    return done({ server: input.server?.href ?? null, isRemoved: input.remove !== undefined });
  },
  {
    keep: keepFields("passwords", "keysMustEnd", "longestDays"),
    redirectTo: ({ server, isRemoved }) => {
      const flash = isRemoved ? "done=removed" : "done=saved";
      return `${policyPath(server)}${server === null ? "?" : "&"}${flash}`;
    },
  },
);
