"use server";

import { defineAction } from "@/lib/action";
import { done } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { endpointTabs, runPath } from "@/lib/paths";
import { nudgeRuns } from "@/lib/runs/nudge";
import { confirmDelivery, retryDeliveries } from "./pick";
import { requestDelivery } from "./request";
import { confirmDeliverySchema, requestDeliverySchema, retryDeliveriesSchema } from "./schema";

export const requestDeliveryAction = defineAction(
  requestDeliverySchema,
  async (actor, { endpointId, kind }) => {
    const { runId } = await requestDelivery(await database(), actor, endpointId, { kind, mode: "all" });
    nudgeRuns();
    return done({ endpointId, runId, kind });
  },
  {
    redirectTo: ({ endpointId, runId, kind }) =>
      kind === "dry-run"
        ? endpointTabs("destination", endpointId).dryRun
        : runPath("destination", endpointId, runId),
  },
);

export const retryDeliveriesAction = defineAction(
  retryDeliveriesSchema,
  async (actor, { endpointId, runId, result, key, anew }) => {
    const ref = { endpointId, runId };
    const picked = { result: result === "" ? null : result, key, isAnew: anew === "yes" };
    const requested = await retryDeliveries(await database(), actor, ref, picked);
    nudgeRuns();
    return done({ endpointId, runId: requested.runId });
  },
  { redirectTo: ({ endpointId, runId }) => runPath("destination", endpointId, runId) },
);

export const confirmDeliveryAction = defineAction(
  confirmDeliverySchema,
  async (actor, { endpointId, runId, count }) => {
    const requested = await confirmDelivery(await database(), actor, { endpointId, runId }, count);
    nudgeRuns();
    return done({ endpointId, runId: requested.runId });
  },
  { redirectTo: ({ endpointId, runId }) => runPath("destination", endpointId, runId) },
);
