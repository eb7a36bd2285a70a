import { z } from "zod";

/** The forms that open what is shared with the user, or only take its entry off the start page. */
export const openSharedSchema = z.object({
  thing: z.enum(["credential", "source", "destination"]),
  id: z.guid(),
});

export type OpenSharedInput = z.output<typeof openSharedSchema>;
