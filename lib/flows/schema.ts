import { z } from "zod";
import { descriptionSchema, nameSchema } from "@/lib/names";

/** The last step of the wizard. A direction, connector or credential that cannot be is no field's fault: the page sets them. */
export const addFlowSchema = z
  .object({
    direction: z.enum(["source", "destination"]),
    connector: z.literal("bitbucket-server"),
    credentialId: z.guid(),
    name: z.string(),
    description: descriptionSchema,
  })
  .transform((typed, context) => {
    const named = nameSchema(`A data ${typed.direction} needs a name.`).safeParse(typed.name);
    if (named.success) return { ...typed, name: named.data };
    const message = named.error.issues[0]?.message ?? "Choose another name.";
    context.addIssue({ code: "custom", path: ["name"], message });
    return z.NEVER;
  });

export type AddFlowInput = z.output<typeof addFlowSchema>;
