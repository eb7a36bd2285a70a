import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { by, bySignedIn, type DomainActions, never } from "./entry";

// A name that no server has (RFC 2606).
const address = "https://hooks.invalid/latchkey";

const mutations = () => import("@/lib/notifications/webhooks/mutations");

async function withWebhook(db: Db, actor: Actor) {
  const { addWebhook } = await mutations();
  const { findWebhook } = await import("@/lib/notifications/webhooks/queries");
  await addWebhook(db, actor, { address });
  return { as: actor, form: { webhookId: (await findWebhook(db, actor))?.id ?? "" } };
}

export const webhookActions: DomainActions = {
  addWebhookAction: {
    calls: [
      ...bySignedIn({ address: "ftp://hooks.invalid" }, "INVALID_INPUT address"),
      {
        of: "team",
        to: "manageWebhook",
        fields: (teamId) => ({ teamId, address: "ftp://hooks.invalid" }),
        passes: ["INVALID_INPUT address"],
      },
    ],
    leaves: ["user.webhook-added"],
    arrange: async ({ owner }) => ({ as: owner, form: { address } }),
    mutations: {
      "notifications/webhooks/addWebhook": by("team", async (db, reader, teamId) =>
        (await mutations()).addWebhook(db, reader, { address, teamId }),
      ),
    },
  },
  removeWebhookAction: {
    calls: bySignedIn({ webhookId: never }, "NOT_FOUND webhook"),
    leaves: ["user.webhook-removed"],
    arrange: ({ db, owner }) => withWebhook(db, owner),
    mutations: {
      "notifications/webhooks/removeWebhook": by("webhook", async (...args) =>
        (await mutations()).removeWebhook(...args),
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
        (await mutations()).requestTest(...args),
      ),
    },
  },
  chooseTeamNewsAction: {
    calls: [
      { of: "team", to: "manageWebhook", fields: (teamId) => ({ teamId }), passes: ["NOT_FOUND webhook"] },
    ],
    leaves: ["team.notifications-chosen"],
    arrange: async ({ db, owner }) => {
      const teamId = await (await import("@/lib/testing/teams")).aTeamOf(db, owner);
      await (await mutations()).addWebhook(db, owner, { address, teamId });
      return { as: owner, form: { teamId, "run-failed": "on" } };
    },
    mutations: {
      "notifications/webhooks/chooseTeamNews": by("team", async (db, reader, teamId) =>
        (await mutations()).chooseTeamNews(db, reader, { teamId, muted: [] }),
      ),
    },
  },
};
