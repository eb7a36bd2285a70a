import { bySignedIn, type DomainActions, takesNoId } from "./entry";

export const notificationActions: DomainActions = {
  markInboxReadAction: {
    calls: bySignedIn({ until: "2000-01-01T00:00:00.000Z" }, "ok"),
    leaves: ["user.inbox-read"],
    arrange: async ({ db, owner, other, credentialId }) => {
      const { share } = await import("@/lib/sharing/mutations");
      const grantee = { kind: "person", id: other.userId } as const;
      await share(db, owner, { kind: "credential", id: credentialId, grantee, role: "collaborator" });
      return { as: other, form: { until: new Date(Date.now() + 60_000).toISOString() } };
    },
    mutations: { "notifications/markRead": takesNoId },
  },
  chooseChannelsAction: {
    calls: bySignedIn({ channels: "post" }, "INVALID_INPUT channels.0"),
    leaves: ["user.notifications-chosen"],
    arrange: async ({ owner }) => ({ as: owner, form: { channels: "inbox", "shared.inbox": "on" } }),
    mutations: { "notifications/chooseChannels": takesNoId },
  },
};
