import { z } from "zod";
import type { Direction } from "@/lib/paths";
import { descriptionSchema, nameSchema } from "@/lib/text/names";

/** The name of a new source or destination. */
export function newEndpointNameSchema(direction: Direction) {
  return nameSchema(`A data ${direction} needs a name.`);
}

/** The browser's schema of the wizard's last step. */
export function addEndpointFormSchema(direction: Direction) {
  return z.object({ name: newEndpointNameSchema(direction), description: descriptionSchema });
}

/** The browser's schema of the edit form for a source or destination. */
export const editEndpointFormSchema = z.object({
  name: nameSchema("It needs a name."),
  description: descriptionSchema,
  credentialId: z.guid().or(z.literal("")).default(""),
});
