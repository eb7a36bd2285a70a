"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { attemptSend } from "@/lib/notifications/sending/attempt";
import { claimSend } from "@/lib/notifications/sending/queue";
import { consume, webhookTestLimit } from "@/lib/rate-limit";
import { webhookFormSchema, webhookIdSchema } from "./form-schema";
import { addWebhook, removeWebhook, requestTest } from "./mutations";

export const addWebhookAction = defineAction(
  webhookFormSchema,
  async (actor, { address }): Promise<Outcome<{ secret: string }, never>> => {
    const secret = await addWebhook(await database(), actor, address);
    refresh();
    // The only place where it leaves the server: its user enters it at the receiver.
    return done({ secret: secret.use((text) => text) });
  },
  { keep: keepFields("address") },
);

export const removeWebhookAction = defineAction(
  webhookIdSchema,
  async (actor, { webhookId }) => done(await removeWebhook(await database(), actor, webhookId)),
  { redirectTo: () => "/account/notifications?done=webhook-removed" },
);

export const testWebhookAction = defineAction(
  webhookIdSchema,
  async (actor, { webhookId }) => {
    const db = await database();
    await consume(db, webhookTestLimit, actor.userId);
    const claimed = await claimSend(db, await requestTest(db, actor, webhookId));
    if (claimed) await attemptSend(db, actor, claimed);
    return done(null);
  },
  { redirectTo: () => "/account/notifications?done=webhook-tested" },
);
