import { by, type DomainActions } from "./entry";

export const credentialDeletionActions: DomainActions = {
  deleteCredentialAction: {
    calls: [
      {
        of: "credential",
        to: "delete",
        fields: (credentialId) => ({ credentialId }),
        // Every credential of the matrix is in use.
        passes: ["CONFLICT"],
      },
    ],
    leaves: ["credential.deleted"],
    arrange: async ({ owner, credentialId }) => ({ as: owner, form: { credentialId } }),
    mutations: {
      "credentials/deletion/deleteCredential": by("credential", async (...args) =>
        (await import("@/lib/credentials/deletion/mutations")).deleteCredential(...args),
      ),
    },
  },
};
