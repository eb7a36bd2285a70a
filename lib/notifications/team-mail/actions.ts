"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { sendNow } from "@/lib/notifications/sending/send-now";
import { teamNewsSchema } from "@/lib/notifications/webhooks/form-schema";
import { teamNewsPath } from "@/lib/paths";
import { consume, teamMailLimit } from "@/lib/rate-limit";
import { teamIdSchema, teamMailFormSchema } from "./form-schema";
import { addTeamMail, chooseMailNews, removeTeamMail, requestMailTest } from "./mutations";

export const addTeamMailAction = defineAction(
  teamMailFormSchema,
  async (actor, input) => {
    const db = await database();
    await consume(db, teamMailLimit, actor.userId);
    const { isUnderWay } = await sendNow(db, actor, await addTeamMail(db, actor, input));
    return done({ teamId: input.teamId, said: isUnderWay ? "mail-added-under-way" : "mail-added" });
  },
  {
    keep: keepFields("email"),
    redirectTo: ({ teamId, said }) => `${teamNewsPath(teamId)}?done=${said}`,
  },
);

export const removeTeamMailAction = defineAction(
  teamIdSchema,
  async (actor, { teamId }) => {
    await removeTeamMail(await database(), actor, teamId);
    return done({ teamId });
  },
  { redirectTo: ({ teamId }) => `${teamNewsPath(teamId)}?done=mail-removed` },
);

export const testTeamMailAction = defineAction(teamIdSchema, async (actor, { teamId }) => {
  const db = await database();
  await consume(db, teamMailLimit, actor.userId);
  const sending = await sendNow(db, actor, await requestMailTest(db, actor, teamId));
  refresh();
  return done(sending);
});

export const chooseMailNewsAction = defineAction(
  teamNewsSchema,
  async (actor, input) => {
    await chooseMailNews(await database(), actor, input);
    return done({ teamId: input.teamId });
  },
  { redirectTo: ({ teamId }) => `${teamNewsPath(teamId)}?done=choices` },
);
