"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { countOf } from "@/lib/text/count-of";
import { changeRole, confirmGrant, leave, revoke, revokeUnbacked, share, undoRevoke } from "./mutations";
import { changeRoleSchema, endGrantSchema, endUnbackedSchema, revokeSchema, shareSchema } from "./schema";
import type { SharingAnswer } from "./types";

type Answer = Promise<Outcome<SharingAnswer, never>>;

export const shareAction = defineAction(
  shareSchema,
  async (actor, input): Answer => {
    const { granteeName, role } = await share(await database(), actor, input);
    refresh();
    return done({ text: `${granteeName} has access now, as ${role}.` });
  },
  // Keeps the grantee, so that the form names the one that was refused.
  { keep: keepFields("grantee", "role") },
);

export const changeGrantRoleAction = defineAction(changeRoleSchema, async (actor, input): Answer => {
  // Before the outcome is known: on a conflict, the page then shows the current state.
  refresh();
  const { granteeName, role, unbacked } = await changeRole(await database(), actor, input);
  return done({ text: `${granteeName} is ${role} now.${leftInWords(unbacked)}` });
});

export const revokeAction = defineAction(revokeSchema, async (actor, input): Answer => {
  refresh();
  const { granteeName, unbacked } = await revoke(await database(), actor, input);
  return done({ text: `${granteeName} was removed.${leftInWords(unbacked)}`, undo: input.grantId });
});

export const undoRevokeAction = defineAction(endGrantSchema, async (actor, input): Answer => {
  refresh();
  const { granteeName, role } = await undoRevoke(await database(), actor, input);
  return done({ text: `${granteeName} has access as ${role} again, as before.` });
});

export const revokeUnbackedAction = defineAction(endUnbackedSchema, async (actor, input): Answer => {
  refresh();
  const ended = await revokeUnbacked(await database(), actor, input);
  return done({ text: `${countOf(ended, "access right")} ended.` });
});

export const confirmGrantAction = defineAction(endGrantSchema, async (actor, input): Answer => {
  refresh();
  const { granteeName, role } = await confirmGrant(await database(), actor, input);
  return done({ text: `${granteeName} stays ${role}. You are the one who shares it now.` });
});

export const leaveAction = defineAction(
  revokeSchema,
  async (actor, input) => {
    try {
      await leave(await database(), actor, input);
      return done(null);
    } catch (error) {
      // On a conflict the page then shows what would stop now. After a success it is left, an overlay too.
      refresh();
      throw error;
    }
  },
  { redirectTo: () => "/" },
);

// Grants that the removed user had given do not end by themselves.
function leftInWords(unbacked: number): string {
  if (unbacked === 0) return "";
  return unbacked === 1
    ? " Access that was given by a user who may no longer share is marked below."
    : ` ${unbacked} who were given access by people who may not share any more are marked below.`;
}
