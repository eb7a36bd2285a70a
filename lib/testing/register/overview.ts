import { type ActionEntry, by, type DomainActions, ofBothKinds } from "./entry";

const ofShared: Omit<ActionEntry, "mutations"> = {
  calls: [
    {
      ...{ of: "credential", to: "see", passes: ["ok"] },
      fields: (id) => ({ thing: "credential", id }),
    },
    { ...{ of: "endpoint", to: "see", passes: ["ok"] }, fields: (id) => ({ thing: "source", id }) },
  ],
  leaves: ["user.share-seen"],
  arrange: async ({ db, owner, other, credentialId }) => {
    const { share } = await import("@/lib/sharing/mutations");
    const grantee = { kind: "person", id: other.userId } as const;
    await share(db, owner, { kind: "credential", id: credentialId, grantee, role: "collaborator" });
    return { as: other, form: { thing: "credential", id: credentialId } };
  },
};

export const overviewActions: DomainActions = {
  // It calls the mutation of the other.
  dismissSharedAction: { ...ofShared, mutations: {} },
  openSharedAction: {
    ...ofShared,
    mutations: {
      "overview/noteSharedSeen": ofBothKinds((kind) =>
        by(kind, async (db, reader, id) => {
          const { noteSharedSeen } = await import("@/lib/overview/mutations");
          return noteSharedSeen(db, reader, { thing: kind === "credential" ? kind : "source", id });
        }),
      ).flat(),
    },
  },
};
