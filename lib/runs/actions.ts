"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { endpointPath } from "@/lib/paths";
import { cancelRun, requestRun } from "./mutations";
import { nudgeRuns } from "./nudge";
import { cancelRunSchema, requestRunSchema } from "./schema";

export const requestRunAction = defineAction(
  requestRunSchema,
  async (actor, { sourceId, mode }) => {
    const { runId } = await requestRun(await database(), actor, sourceId, mode);
    nudgeRuns();
    return done({ sourceId, runId });
  },
  { redirectTo: ({ sourceId, runId }) => `${endpointPath("source", sourceId)}/runs/${runId}` },
);

export const cancelRunAction = defineAction(cancelRunSchema, async (actor, { runId }) => {
  await cancelRun(await database(), actor, runId);
  nudgeRuns();
  refresh();
  return done(null);
});
