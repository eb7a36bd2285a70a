"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { countOf } from "@/lib/text/count-of";
import { changeRole, confirmGrant, leave, revoke, revokeUnbacked, share } from "./mutations";
import { changeRoleSchema, endGrantSchema, endUnbackedSchema, shareSchema } from "./schema";

export const shareAction = defineAction(
  shareSchema,
  async (actor, input) => {
    const { granteeName, role } = await share(await database(), actor, input);
    refresh();
    return done(`${granteeName} has access now, as ${role}.`);
  },
  // Keeps the grantee, so that the form names the one that was refused.
  { keep: keepFields("grantee", "role") },
);

export const changeGrantRoleAction = defineAction(changeRoleSchema, async (actor, input) => {
  // Before the outcome is known: on a conflict, the page then shows the current state.
  refresh();
  const { granteeName, role, unbacked } = await changeRole(await database(), actor, input);
  return done(`${granteeName} is ${role} now.${leftInWords(unbacked)}`);
});

export const revokeAction = defineAction(endGrantSchema, async (actor, input) => {
  refresh();
  const { granteeName, unbacked } = await revoke(await database(), actor, input);
  return done(`${granteeName} was removed.${leftInWords(unbacked)}`);
});

export const revokeUnbackedAction = defineAction(endUnbackedSchema, async (actor, input) => {
  refresh();
  const ended = await revokeUnbacked(await database(), actor, input);
  return done(`${countOf(ended, "access right")} ended.`);
});

export const confirmGrantAction = defineAction(endGrantSchema, async (actor, input) => {
  refresh();
  const { granteeName, role } = await confirmGrant(await database(), actor, input);
  return done(`${granteeName} stays ${role}, by your word now.`);
});

export const leaveAction = defineAction(
  endGrantSchema,
  async (actor, input) => {
    await leave(await database(), actor, input);
    return done(null);
  },
  { redirectTo: () => "/" },
);

// Grants that the removed user had given do not end by themselves.
function leftInWords(unbacked: number): string {
  if (unbacked === 0) return "";
  return unbacked === 1
    ? " One who was given access by somebody who may not share any more is marked below."
    : ` ${unbacked} who were given access by people who may not share any more are marked below.`;
}
