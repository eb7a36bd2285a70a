import { z } from "zod";

/** The form that opens what is shared with the user. */
export const openSharedSchema = z.object({
  thing: z.enum(["credential", "source", "destination"]),
  id: z.guid(),
});

export type OpenSharedInput = z.output<typeof openSharedSchema>;
