import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";
import { aRepositorySource, sentSource } from "@/lib/testing/sources";
import { by, type DomainActions, named } from "./entry";

const mutations = () => import("@/lib/endpoints/mutations");

/** A source of the fixture's owner. */
export async function aSource({ db, owner, credentialId }: ScenarioFixture): Promise<string> {
  return (await mutations()).addEndpoint(db, owner, {
    ...aRepositorySource,
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
        fields: (credentialId) => ({ ...sentSource, credentialId, ...named }),
        // The second call finds the name taken.
        passes: ["ok", "CONFLICT"],
      },
    ],
    leaves: ["flow.added"],
    arrange: async ({ owner, credentialId }) => ({
      as: owner,
      form: { ...sentSource, credentialId, name: "Commits", description: "" },
    }),
    mutations: {
      "endpoints/addEndpoint": [
        async (db, reader, { credential: credentialId }) =>
          (await mutations()).addEndpoint(db, reader, { ...aRepositorySource, ...named, credentialId }),
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
