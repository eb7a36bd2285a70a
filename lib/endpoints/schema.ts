import { z } from "zod";
import { connectorKinds } from "@/lib/connectors/kinds";
import { versionSchema } from "@/lib/edits";
import { descriptionSchema } from "@/lib/text/names";
import { editFlowFormSchema, newFlowNameSchema } from "./form-schema";

/** The last step of the wizard. A direction, connector or credential that cannot be is no field's fault: the page sets them. */
export const addFlowSchema = z
  .object({
    direction: z.enum(["source", "destination"]),
    connector: z.enum(connectorKinds),
    credentialId: z.guid(),
    name: z.string(),
    description: descriptionSchema,
  })
  .transform((typed, context) => {
    const named = newFlowNameSchema(typed.direction).safeParse(typed.name);
    if (named.success) return { ...typed, name: named.data };
    const message = named.error.issues[0]?.message ?? "Choose another name.";
    context.addIssue({ code: "custom", path: ["name"], message });
    return z.NEVER;
  });

export type AddFlowInput = z.output<typeof addFlowSchema>;

/** Any place that names a source or destination by id; a malformed id is simply none. */
export const flowIdSchema = z.guid();

/** The form that changes a source or destination. Without a credential it goes on with the one that it has. */
export const editFlowSchema = z.object({
  flowId: flowIdSchema,
  version: versionSchema,
  ...editFlowFormSchema.shape,
  credentialId: editFlowFormSchema.shape.credentialId.transform((id) => (id === "" ? null : id)),
});

export type EditFlowInput = z.output<typeof editFlowSchema>;
