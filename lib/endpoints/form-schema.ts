import { z } from "zod";
import type { Direction } from "@/lib/paths";
import { descriptionSchema, nameSchema } from "@/lib/text/names";
import { parseSchedule, type Scheduled, type TypedSchedule, whyNotSchedule } from "./schedule";

/** The name of a new source or destination. */
export function newEndpointNameSchema(direction: Direction) {
  return nameSchema(`A data ${direction} needs a name.`);
}

/** The fields of a schedule, each a text; a form without them leaves the schedule as it is. */
export const scheduleFields = {
  schedule: z.string().optional(),
  amount: z.string().optional(),
  unit: z.string().optional(),
  expression: z.string().optional(),
  timeZone: z.string().optional(),
};

/** Reports each error of a typed schedule at its field; `scheduled` once it is known what the schedule is for. */
export function reportSchedule(typed: TypedSchedule, context: z.RefinementCtx, scheduled?: Scheduled): void {
  const parsed = parseSchedule(typed);
  if (parsed.ok) {
    const message = scheduled && whyNotSchedule(parsed.schedule, scheduled);
    if (message) context.addIssue({ code: "custom", path: ["schedule"], message });
    return;
  }
  for (const [field, message] of Object.entries(parsed.fieldErrors)) {
    context.addIssue({ code: "custom", path: [field], message });
  }
}

const daysMost = 3_650;

/** How long something is kept, in days. */
export const daysSchema = z
  .string()
  .trim()
  .regex(/^\d{1,6}$/, "Type a whole number of days.")
  .transform(Number)
  .refine((days) => days >= 1 && days <= daysMost, `Between 1 and ${daysMost.toLocaleString("en")} days.`);

/** The browser's schema of the wizard's last step. */
export function addEndpointFormSchema(direction: Direction) {
  return z
    .object({ name: newEndpointNameSchema(direction), description: descriptionSchema, ...scheduleFields })
    .superRefine((typed, context) => reportSchedule(typed, context));
}

/** The browser's schema of the edit form for a source or destination. */
export const editEndpointFormSchema = z
  .object({
    name: nameSchema("It needs a name."),
    description: descriptionSchema,
    credentialId: z.guid().or(z.literal("")).default(""),
    keepRunsDays: daysSchema.optional(),
    keepDeletedDays: daysSchema.optional(),
    keepDeliveriesDays: daysSchema.optional(),
    ...scheduleFields,
  })
  .superRefine((typed, context) => reportSchedule(typed, context));
