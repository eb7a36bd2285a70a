import { z } from "zod";

/** A run's id; a malformed id names none. */
export const runIdSchema = z.guid();

/** The buttons *Run now* and *Read everything again*. */
export const requestRunSchema = z.object({
  sourceId: z.guid(),
  mode: z.enum(["new", "all"]).default("new"),
});

/** The button *Cancel*; `sourceId` only says where to go on. */
export const cancelRunSchema = z.object({ runId: runIdSchema });
