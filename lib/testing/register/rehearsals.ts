import { aSource } from "./endpoints";
import { type DomainActions, named, stale } from "./entry";

const signIn = { baseUrl: "https://bitbucket.example.com", username: "jcitizen", password: "another secret" };
const noSignIn = { baseUrl: "https://bitbucket.invalid", username: "nobody", password: "nothing" };
const checks = ["action", "check", "check-target"];
const version = 1;

const mutations = () => import("@/lib/credentials/mutations");
const endpointMutations = () => import("@/lib/endpoints/mutations");
const credentials = () => import("@/lib/testing/credentials");

export const rehearsalActions: DomainActions = {
  replaceSecretAction: {
    calls: [
      {
        of: "credential",
        to: "replaceSecret",
        fields: (credentialId) => ({ credentialId, secretVersion: stale, ...noSignIn }),
        passes: ["CONFLICT"],
      },
    ],
    leaves: ["credential.secret-replaced"],
    arrange: async ({ owner, credentialId }) => ({
      as: owner,
      form: { ...signIn, credentialId, secretVersion: "1" },
    }),
    limits: checks,
    mutations: {
      "credentials/replaceSecret": [
        async (db, reader, { credential: credentialId }) =>
          (await mutations()).replaceSecret(db, reader, {
            ...(await credentials()).aCredential(),
            replaced: { credentialId, secretVersion: version },
          }),
      ],
    },
  },
  editEndpointAction: {
    calls: [
      {
        of: "endpoint",
        to: "edit",
        fields: (endpointId) => ({ endpointId, version: stale, ...named }),
        passes: ["CONFLICT"],
      },
    ],
    leaves: ["flow.edited"],
    arrange: async (fixture) => ({
      as: fixture.owner,
      form: {
        endpointId: await aSource(fixture),
        version: "1",
        name: "Renamed",
        description: "",
        credentialId: "",
      },
    }),
    mutations: {
      "endpoints/editEndpoint": [
        async (db, reader, { endpoint: endpointId }, { credential: credentialId }) =>
          (await endpointMutations()).editEndpoint(db, reader, {
            endpointId,
            version,
            ...named,
            credentialId,
          }),
        async (db, reader, { credential: credentialId }, { endpoint: endpointId }) =>
          (await endpointMutations()).editEndpoint(db, reader, {
            endpointId,
            version,
            ...named,
            credentialId,
          }),
      ],
    },
  },
};
