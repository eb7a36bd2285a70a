import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { by, bySignedIn, type DomainActions, never, takesNoId } from "./entry";

// A name that no server has (RFC 2606).
const address = "https://hooks.invalid/latchkey";

async function withWebhook(db: Db, actor: Actor) {
  const { addWebhook } = await import("@/lib/notifications/webhooks/mutations");
  const { findWebhook } = await import("@/lib/notifications/webhooks/queries");
  await addWebhook(db, actor, address);
  return { as: actor, form: { webhookId: (await findWebhook(db, actor))?.id ?? "" } };
}

export const webhookActions: DomainActions = {
  addWebhookAction: {
    calls: bySignedIn({ address: "ftp://hooks.invalid" }, "INVALID_INPUT address"),
    leaves: ["user.webhook-added"],
    arrange: async ({ owner }) => ({ as: owner, form: { address } }),
    mutations: { "notifications/webhooks/addWebhook": takesNoId },
  },
  removeWebhookAction: {
    calls: bySignedIn({ webhookId: never }, "NOT_FOUND webhook"),
    leaves: ["user.webhook-removed"],
    arrange: ({ db, owner }) => withWebhook(db, owner),
    mutations: {
      "notifications/webhooks/removeWebhook": by("webhook", async (...args) =>
        (await import("@/lib/notifications/webhooks/mutations")).removeWebhook(...args),
      ),
    },
  },
  testWebhookAction: {
    calls: bySignedIn({ webhookId: never }, "NOT_FOUND webhook"),
    leaves: ["user.webhook-tested"],
    limits: ["action", "webhook-test"],
    arrange: ({ db, owner }) => withWebhook(db, owner),
    mutations: {
      "notifications/webhooks/requestTest": by("webhook", async (...args) =>
        (await import("@/lib/notifications/webhooks/mutations")).requestTest(...args),
      ),
    },
  },
};
