"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { sendNow } from "@/lib/notifications/sending/send-now";
import { teamNewsPath } from "@/lib/paths";
import { consume, webhookTestLimit } from "@/lib/rate-limit";
import { teamNewsSchema, webhookFormSchema, webhookIdSchema } from "./form-schema";
import { addWebhook, chooseTeamNews, removeWebhook, requestTest, type WebhookPlace } from "./mutations";

export const addWebhookAction = defineAction(
  webhookFormSchema,
  async (actor, input): Promise<Outcome<{ secret: string }, never>> => {
    const secret = await addWebhook(await database(), actor, input);
    refresh();
    // The only place where it leaves the server: its user enters it at the receiver.
    return done({ secret: secret.use((text) => text) });
  },
  { keep: keepFields("address") },
);

export const removeWebhookAction = defineAction(
  webhookIdSchema,
  async (actor, { webhookId }) => done(await removeWebhook(await database(), actor, webhookId)),
  { redirectTo: (place) => `${pageOf(place)}?done=webhook-removed` },
);

// Stays on the page: a secret that is shown there just now could not be shown again.
export const testWebhookAction = defineAction(webhookIdSchema, async (actor, { webhookId }) => {
  const db = await database();
  await consume(db, webhookTestLimit, actor.userId);
  const { sendId } = await requestTest(db, actor, webhookId);
  const sending = await sendNow(db, actor, sendId);
  refresh();
  return done(sending);
});

export const chooseTeamNewsAction = defineAction(
  teamNewsSchema,
  async (actor, input) => {
    await chooseTeamNews(await database(), actor, input);
    return done({ teamId: input.teamId });
  },
  { redirectTo: (place) => `${pageOf(place)}?done=choices` },
);

function pageOf({ teamId }: WebhookPlace): string {
  return teamId === null ? "/account/notifications" : teamNewsPath(teamId);
}
