import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";
import { aRepositorySource } from "@/lib/testing/sources";
import { by, bySignedIn, type DomainActions, never } from "./entry";

const mutations = () => import("@/lib/runs/mutations");

async function aSource({ db, owner, credentialId }: ScenarioFixture): Promise<string> {
  const { addEndpoint } = await import("@/lib/endpoints/mutations");
  return addEndpoint(db, owner, { ...aRepositorySource, credentialId, name: "Commits", description: "" });
}

export const runActions: DomainActions = {
  requestRunAction: {
    calls: [
      {
        of: "endpoint",
        to: "operate",
        fields: (sourceId) => ({ sourceId }),
        // The matrix pauses and activates it as well.
        passes: ["ok", "CONFLICT"],
      },
    ],
    leaves: ["run.requested"],
    arrange: async (fixture) => ({ as: fixture.owner, form: { sourceId: await aSource(fixture) } }),
    mutations: {
      "runs/requestRun": by("endpoint", async (db, reader, sourceId) =>
        (await mutations()).requestRun(db, reader, sourceId, "new"),
      ),
    },
  },
  cancelRunAction: {
    calls: bySignedIn({ runId: never }, "NOT_FOUND run"),
    leaves: ["run.cancelled", "run.ended"],
    arrange: async (fixture) => {
      const sourceId = await aSource(fixture);
      const { runId } = await (await mutations()).requestRun(fixture.db, fixture.owner, sourceId, "new");
      return { as: fixture.owner, form: { runId } };
    },
    mutations: {
      "runs/cancelRun": by("run", async (...args) => (await mutations()).cancelRun(...args)),
    },
  },
};
