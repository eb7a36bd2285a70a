"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { changeRole, leave, revoke, share } from "./mutations";
import { changeRoleSchema, endGrantSchema, shareSchema } from "./schema";

export const shareAction = defineAction(
  shareSchema,
  async (actor, input) => {
    const { holderName, role } = await share(await database(), actor, input);
    refresh();
    return done(`${holderName} has access now, as ${role}.`);
  },
  // Tells which of the found ones was refused.
  { keep: keepFields("holder", "role") },
);

export const changeGrantRoleAction = defineAction(changeRoleSchema, async (actor, input) => {
  // Before the answer is known: also whoever is told of a conflict then sees how things stand.
  refresh();
  const { holderName, role } = await changeRole(await database(), actor, input);
  return done(`${holderName} is ${role} now.`);
});

export const revokeAction = defineAction(endGrantSchema, async (actor, input) => {
  refresh();
  const { holderName } = await revoke(await database(), actor, input);
  return done(`${holderName} was removed.`);
});

export const leaveAction = defineAction(
  endGrantSchema,
  async (actor, input) => {
    await leave(await database(), actor, input);
    return done(null);
  },
  { redirectTo: () => "/" },
);
