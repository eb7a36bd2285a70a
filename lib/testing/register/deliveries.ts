import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import type { RunRef } from "@/lib/deliveries/types";
import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";
import { type Ask, by, type DomainActions, never } from "./entry";

const pick = () => import("@/lib/deliveries/pick");
const requesting = () => import("@/lib/deliveries/request");
const destinations = () => import("@/lib/testing/destinations");

async function aDestination({ db, owner, credentialId }: ScenarioFixture): Promise<string> {
  const { aFilledSource, aWritingDestination } = await destinations();
  const { sourceId } = await aFilledSource(db, owner, [{ key: "K1", data: { pr: 1, text: "Hello" } }]);
  return (await aWritingDestination(db, owner, { sourceId }, { credentialId })).destinationId;
}

async function aRun(
  fixture: ScenarioFixture,
  kind: "write" | "dry-run",
  state: "rejected" | "would-send",
): Promise<RunRef> {
  const { aDeliveryRun, giveDeliveries } = await import("@/lib/testing/deliveries");
  const ref = await aDeliveryRun(fixture.db, await aDestination(fixture), { kind });
  await giveDeliveries(fixture.db, ref, [{ state }]);
  return ref;
}

/** With another user's destination and run, and with one of the two the reader's own. */
function ofOthers(ask: (db: Db, reader: Actor, ref: RunRef) => Promise<unknown>): Ask[] {
  return [
    (db, reader, { destination: endpointId, delivery: runId }) => ask(db, reader, { endpointId, runId }),
    (db, reader, { delivery: runId }, { destination: endpointId }) => ask(db, reader, { endpointId, runId }),
    (db, reader, { destination: endpointId }, { delivery: runId }) => ask(db, reader, { endpointId, runId }),
  ];
}

// The endpoint of the matrix is a source, which these do not know, whatever right a user has to it.
const onDestinations = { of: "endpoint", to: "operate", passes: ["NOT_FOUND destination"] } as const;

export const deliveryActions: DomainActions = {
  requestDeliveryAction: {
    calls: [{ ...onDestinations, fields: (endpointId) => ({ endpointId, kind: "write" }) }],
    leaves: ["run.requested"],
    arrange: async (fixture) => ({
      as: fixture.owner,
      form: { endpointId: await aDestination(fixture), kind: "dry-run" },
    }),
    mutations: {
      "deliveries/requestDelivery": [
        ...by("endpoint", async (db, reader, id) =>
          (await requesting()).requestDelivery(db, reader, id, { kind: "write", mode: "new" }),
        ),
        ...by("destination", async (db, reader, id) =>
          (await requesting()).requestDelivery(db, reader, id, { kind: "dry-run", mode: "all" }),
        ),
      ],
    },
  },
  retryDeliveriesAction: {
    calls: [{ ...onDestinations, fields: (endpointId) => ({ endpointId, runId: never }) }],
    leaves: ["run.requested"],
    arrange: async (fixture) => ({
      as: fixture.owner,
      form: { ...(await aRun(fixture, "write", "rejected")), result: "rejected", key: "" },
    }),
    mutations: {
      "deliveries/retryDeliveries": ofOthers(async (db, reader, ref) =>
        (await pick()).retryDeliveries(db, reader, ref, { result: "unknown", key: "", isAnew: true }),
      ),
    },
  },
  confirmDeliveryAction: {
    calls: [{ ...onDestinations, fields: (endpointId) => ({ endpointId, runId: never, count: "1" }) }],
    leaves: ["run.requested"],
    arrange: async (fixture) => ({
      as: fixture.owner,
      form: { ...(await aRun(fixture, "dry-run", "would-send")), count: "1" },
    }),
    mutations: {
      "deliveries/confirmDelivery": ofOthers(async (db, reader, ref) =>
        (await pick()).confirmDelivery(db, reader, ref, 1),
      ),
    },
  },
};
