import { endpointTabs, runPath } from "@/lib/paths";
import type { DeliveryFormat } from "./download/formats";
import type { RunRef } from "./types";

/** The page of one record of a run; any id is escaped. */
export function deliveryPath({ endpointId, runId }: RunRef, number: number): string {
  return `${runPath("destination", endpointId, runId)}/results/${number}`;
}

/** A download of a run's records; `search` is that of a view. */
export function resultsPath({ endpointId, runId }: RunRef, format: DeliveryFormat, search: string): string {
  return `${runPath("destination", endpointId, runId)}/results.${format}${search}`;
}

/** The page of a destination's latest dry run. */
export function dryRunPath(endpointId: string): string {
  return endpointTabs("destination", endpointId).dryRun;
}
