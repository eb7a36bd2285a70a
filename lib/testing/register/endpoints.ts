import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";
import { by, type DomainActions, named, stale } from "./entry";

const source = { direction: "source", connector: "bitbucket-server" } as const;
const version = 1;

const mutations = () => import("@/lib/endpoints/mutations");

async function aSource({ db, owner, credentialId }: ScenarioFixture): Promise<string> {
  return (await mutations()).addEndpoint(db, owner, {
    ...source,
    credentialId,
    name: "Commits",
    description: "",
  });
}

export const endpointActions: DomainActions = {
  addEndpointAction: {
    calls: [
      {
        of: "credential",
        to: "use",
        fields: (credentialId) => ({ ...source, credentialId, ...named }),
        // The second call finds the name taken.
        passes: ["ok", "CONFLICT"],
      },
    ],
    leaves: ["flow.added"],
    arrange: async ({ owner, credentialId }) => ({
      as: owner,
      form: { ...source, credentialId, name: "Commits", description: "" },
    }),
    mutations: {
      "endpoints/addEndpoint": [
        async (db, reader, { credential: credentialId }) =>
          (await mutations()).addEndpoint(db, reader, { ...source, ...named, credentialId }),
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
          (await mutations()).editEndpoint(db, reader, { endpointId, version, ...named, credentialId }),
        async (db, reader, { credential: credentialId }, { endpoint: endpointId }) =>
          (await mutations()).editEndpoint(db, reader, { endpointId, version, ...named, credentialId }),
      ],
    },
  },
  pauseEndpointAction: {
    calls: [
      { of: "endpoint", to: "operate", fields: (endpointId) => ({ endpointId }), passes: ["ok", "CONFLICT"] },
    ],
    leaves: ["flow.paused"],
    arrange: async (fixture) => ({ as: fixture.owner, form: { endpointId: await aSource(fixture) } }),
    mutations: {
      "endpoints/pauseEndpoint": by("endpoint", async (...args) =>
        (await mutations()).pauseEndpoint(...args),
      ),
    },
  },
  activateEndpointAction: {
    calls: [
      { of: "endpoint", to: "operate", fields: (endpointId) => ({ endpointId }), passes: ["ok", "CONFLICT"] },
    ],
    leaves: ["flow.activated"],
    arrange: async (fixture) => {
      const endpointId = await aSource(fixture);
      await (await mutations()).pauseEndpoint(fixture.db, fixture.owner, endpointId);
      return { as: fixture.owner, form: { endpointId } };
    },
    mutations: {
      "endpoints/activateEndpoint": by("endpoint", async (...args) =>
        (await mutations()).activateEndpoint(...args),
      ),
    },
  },
  deleteEndpointAction: {
    calls: [{ of: "endpoint", to: "delete", fields: (endpointId) => ({ endpointId }), passes: ["ok"] }],
    comesLast: true,
    leaves: ["flow.deleted"],
    arrange: async (fixture) => ({ as: fixture.owner, form: { endpointId: await aSource(fixture) } }),
    mutations: {
      "endpoints/deleteEndpoint": by("endpoint", async (...args) =>
        (await mutations()).deleteEndpoint(...args),
      ),
    },
  },
};
