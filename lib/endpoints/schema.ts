import { z } from "zod";
import { connectorKinds } from "@/lib/connectors/kinds";
import { versionSchema } from "@/lib/edits";
import { descriptionSchema } from "@/lib/text/names";
import { editEndpointFormSchema, newEndpointNameSchema } from "./form-schema";

/** The wizard's last step. An invalid direction, connector or credential belongs to no field: the page sets them. */
export const addEndpointSchema = z
  .object({
    direction: z.enum(["source", "destination"]),
    connector: z.enum(connectorKinds),
    credentialId: z.guid(),
    name: z.string(),
    description: descriptionSchema,
  })
  .transform((typed, context) => {
    const named = newEndpointNameSchema(typed.direction).safeParse(typed.name);
    if (named.success) return { ...typed, name: named.data };
    const message = named.error.issues[0]?.message ?? "Choose another name.";
    context.addIssue({ code: "custom", path: ["name"], message });
    return z.NEVER;
  });

export type AddEndpointInput = z.output<typeof addEndpointSchema>;

/** An endpoint's id; a malformed id names none. */
export const endpointIdSchema = z.guid();

/** The form that changes a source or destination. Without a credential, the current one stays. */
export const editEndpointSchema = z.object({
  endpointId: endpointIdSchema,
  version: versionSchema,
  ...editEndpointFormSchema.shape,
  credentialId: editEndpointFormSchema.shape.credentialId.transform((id) => (id === "" ? null : id)),
});

export type EditEndpointInput = z.output<typeof editEndpointSchema>;
