import { z } from "zod";
import type { FailureReason } from "@/lib/connectors/types";
import { jsonOf, type ServerAnswer } from "./server-answer";

const stateSchema = z.object({ state: z.string() });

/** States of Bitbucket's status page that mean not ready; the status code differs between products. */
const notReady: ReadonlyMap<string, FailureReason> = new Map([
  ["STARTING", "STARTING"],
  ["MAINTENANCE", "MAINTENANCE"],
  ["FIRST_RUN", "SETUP_UNFINISHED"],
  ["ERROR", "SERVER_ERROR"],
]);

/**
 * Reads an answer to `GET {base}/status`
 * (https://confluence.atlassian.com/bitbucketserverkb/how-to-monitor-if-bitbucket-server-is-up-and-running-975014635.html).
 * `isAtlassian`: it is the status page of an Atlassian product; Jira and Confluence have it, too.
 */
export function readState(answer: ServerAnswer): { isAtlassian: boolean; notReady: FailureReason | null } {
  const read = stateSchema.safeParse(jsonOf(answer));
  if (!read.success) return { isAtlassian: false, notReady: null };
  return { isAtlassian: true, notReady: notReady.get(read.data.state) ?? null };
}
