import type { Stage } from "@/lib/testing/scenario-fixture";
import { by, type DomainActions, named, stale } from "./entry";

const source = { direction: "source", connector: "bitbucket-server" } as const;
const version = 1;

const mutations = () => import("@/lib/endpoints/mutations");

async function aSource({ db, owner, credentialId }: Stage): Promise<string> {
  return (await mutations()).addFlow(db, owner, {
    ...source,
    credentialId,
    name: "Commits",
    description: "",
  });
}

export const endpointActions: DomainActions = {
  addFlowAction: {
    calls: [
      {
        of: "credential",
        to: "use",
        fields: (credentialId) => ({ ...source, credentialId, ...named }),
        // The second time the name is taken.
        passes: ["ok", "CONFLICT"],
      },
    ],
    leaves: ["flow.added"],
    arrange: async ({ owner, credentialId }) => ({
      as: owner,
      form: { ...source, credentialId, name: "Commits", description: "" },
    }),
    mutations: {
      "endpoints/addFlow": [
        async (db, reader, { credential: credentialId }) =>
          (await mutations()).addFlow(db, reader, { ...source, ...named, credentialId }),
      ],
    },
  },
  editFlowAction: {
    calls: [
      {
        of: "flow",
        to: "edit",
        fields: (flowId) => ({ flowId, version: stale, ...named }),
        passes: ["CONFLICT"],
      },
    ],
    leaves: ["flow.edited"],
    arrange: async (stage) => ({
      as: stage.owner,
      form: {
        flowId: await aSource(stage),
        version: "1",
        name: "Renamed",
        description: "",
        credentialId: "",
      },
    }),
    mutations: {
      "endpoints/editFlow": [
        async (db, reader, { flow: flowId }, { credential: credentialId }) =>
          (await mutations()).editFlow(db, reader, { flowId, version, ...named, credentialId }),
        async (db, reader, { credential: credentialId }, { flow: flowId }) =>
          (await mutations()).editFlow(db, reader, { flowId, version, ...named, credentialId }),
      ],
    },
  },
  pauseFlowAction: {
    calls: [{ of: "flow", to: "operate", fields: (flowId) => ({ flowId }), passes: ["ok", "CONFLICT"] }],
    leaves: ["flow.paused"],
    arrange: async (stage) => ({ as: stage.owner, form: { flowId: await aSource(stage) } }),
    mutations: {
      "endpoints/pauseFlow": by("flow", async (...asked) => (await mutations()).pauseFlow(...asked)),
    },
  },
  activateFlowAction: {
    calls: [{ of: "flow", to: "operate", fields: (flowId) => ({ flowId }), passes: ["ok", "CONFLICT"] }],
    leaves: ["flow.activated"],
    arrange: async (stage) => {
      const flowId = await aSource(stage);
      await (await mutations()).pauseFlow(stage.db, stage.owner, flowId);
      return { as: stage.owner, form: { flowId } };
    },
    mutations: {
      "endpoints/activateFlow": by("flow", async (...asked) => (await mutations()).activateFlow(...asked)),
    },
  },
  deleteFlowAction: {
    calls: [{ of: "flow", to: "delete", fields: (flowId) => ({ flowId }), passes: ["ok"] }],
    comesLast: true,
    leaves: ["flow.deleted"],
    arrange: async (stage) => ({ as: stage.owner, form: { flowId: await aSource(stage) } }),
    mutations: {
      "endpoints/deleteFlow": by("flow", async (...asked) => (await mutations()).deleteFlow(...asked)),
    },
  },
};
