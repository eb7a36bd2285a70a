import { z } from "zod";
import { runIdSchema } from "@/lib/runs/schema";
import { retriedResults } from "./types";
import { longestKey } from "./view";

/** The buttons *Run now* and *Dry run*: with all records, since what stands already is not sent again. */
export const requestDeliverySchema = z.object({
  endpointId: z.guid(),
  kind: z.enum(["write", "dry-run"]),
});

/**
 * The button *Retry these*: the results of the list's filter; all that can be retried without one. The button *Send
 * again* of unknown results: without looking whether they stand.
 */
export const retryDeliveriesSchema = z
  .object({
    endpointId: z.guid(),
    runId: runIdSchema,
    result: z.enum(["", ...retriedResults]).default(""),
    key: z.string().max(longestKey).default(""),
    anew: z.enum(["", "yes"]).default(""),
  })
  .refine(({ anew, result }) => anew === "" || result === "unknown", {
    path: ["result"],
    error: "Only unknown results can be sent again without looking.",
  });

/** The button that confirms an action that cannot be taken back, with the number of records that its user saw. */
export const confirmDeliverySchema = z.object({
  endpointId: z.guid(),
  runId: runIdSchema,
  count: z.coerce.number().int().min(1),
});
