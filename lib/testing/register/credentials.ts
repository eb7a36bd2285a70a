import { Secret } from "@/lib/secret";
import { bySignedIn, type DomainActions, named, stale, takesNoId } from "./entry";

const signIn = { baseUrl: "https://bitbucket.example.com", username: "jcitizen", password: "another secret" };
const checks = ["action", "check", "check-target"];
const version = 1;

const mutations = () => import("@/lib/credentials/mutations");
const credentials = () => import("@/lib/testing/credentials");

export const credentialActions: DomainActions = {
  addCredentialAction: {
    calls: bySignedIn({}, "INVALID_INPUT name"),
    leaves: ["credential.added"],
    arrange: async ({ other }) => ({ as: other, form: { ...signIn, name: "New", description: "" } }),
    limits: checks,
    // Records a refusal for a credential that the caller has verified the right to, or for none.
    mutations: { "credentials/addCredential": takesNoId, "credentials/recordRefusal": takesNoId },
  },
  editCredentialAction: {
    calls: [
      {
        of: "credential",
        to: "edit",
        fields: (credentialId) => ({ credentialId, version: stale, ...named }),
        passes: ["CONFLICT"],
      },
    ],
    leaves: ["credential.edited"],
    arrange: async ({ owner, credentialId }) => ({
      as: owner,
      form: { credentialId, version: "1", name: "Renamed", description: "" },
    }),
    mutations: {
      "credentials/editCredential": [
        async (db, reader, { credential: credentialId }) =>
          (await mutations()).editCredential(db, reader, { credentialId, version, ...named }),
      ],
    },
  },
  checkCredentialAction: {
    calls: [
      {
        of: "credential",
        to: "check",
        fields: (credentialId) => ({ credentialId }),
        passes: ["ok"],
      },
    ],
    leaves: ["credential.checked"],
    arrange: async ({ db, owner }) => {
      const unproven = (await credentials()).aCredential({ name: "Unproven", outcome: null });
      const credentialId = await (await mutations()).addCredential(db, owner, unproven);
      return { as: owner, form: { credentialId } };
    },
    limits: checks,
    mutations: {
      "credentials/recordCheck": [
        async (db, reader, { credential: credentialId }) =>
          (await mutations()).recordCheck(
            db,
            reader,
            { credentialId, secretVersion: version },
            (await credentials()).verified,
          ),
      ],
    },
  },
  setKeyEndAction: {
    calls: [
      {
        of: "credential",
        to: "edit",
        fields: (credentialId) => ({
          credentialId,
          secretVersion: stale,
          previous: "",
          keyExpiresOn: "2030-01-01",
        }),
        passes: ["CONFLICT"],
      },
    ],
    leaves: ["credential.key-end-set"],
    arrange: async ({ db, owner }) => {
      const key = { scheme: "bearer", apiKey: Secret.of("a key"), expectedAccount: null } as const;
      const withKey = (await credentials()).aCredential({ name: "With a key", signIn: key });
      const credentialId = await (await mutations()).addCredential(db, owner, withKey);
      return {
        as: owner,
        form: { credentialId, secretVersion: "1", previous: "", keyExpiresOn: "2100-01-01" },
      };
    },
    mutations: {
      "credentials/setKeyEnd": [
        async (db, reader, { credential: credentialId }) =>
          (await mutations()).setKeyEnd(db, reader, {
            credentialId,
            secretVersion: version,
            previous: null,
            keyExpiresOn: "2030-01-01",
          }),
      ],
    },
  },
};
