import { z } from "zod";
import type { Schedule } from "@/drizzle/schema/endpoints";
import { type ConnectorKind, connectorKinds } from "@/lib/connectors/kinds";
import type { SourceSettings } from "@/lib/connectors/streams";
import { versionSchema } from "@/lib/edits";
import type { WritingSettings } from "@/lib/mapping/types";
import type { Direction } from "@/lib/paths";
import { descriptionSchema } from "@/lib/text/names";
import { searchSchema } from "@/lib/text/search";
import { readChoice } from "./choice-address";
import { editEndpointFormSchema, newEndpointNameSchema, reportSchedule, scheduleFields } from "./form-schema";
import { settingsOf } from "./read-settings";
import { scheduledOf, writingOf } from "./read-writing";
import { ofASource, parseSchedule, type TypedSchedule } from "./schedule";
import { endpointSorts } from "./types";
import { type InputRef, readWritingChoice } from "./writing-address";

/** The filter and order of a list of sources or destinations; null or empty where it does not apply. */
export const endpointFilterSchema = z.object({
  q: searchSchema,
  /** Only those whose latest run failed or is incomplete, as the menu counts them. */
  show: z.enum(["failed"]).nullable().catch(null),
  sort: z.enum(endpointSorts).nullable().catch(null),
});

export type EndpointFilter = z.output<typeof endpointFilterSchema>;

/** The choices of the step Data, as one hidden field: the query of an address. */
const choiceField = z.string().max(20_000).optional();

const wizardFields = {
  connector: z.enum(connectorKinds),
  credentialId: z.guid(),
  name: z.string(),
  description: descriptionSchema,
};

type Wizard = {
  readonly connector: ConnectorKind;
  readonly credentialId: string;
  readonly name: string;
  readonly description: string;
};

/** A new source reads, and a new destination writes, what was chosen in the step Data. */
export type AddEndpointInput = Wizard & { readonly schedule: Schedule } & (
    | { readonly direction: "source"; readonly settings: SourceSettings }
    | { readonly direction: "destination"; readonly writing: WritingSettings; readonly input: InputRef }
  );

/** The wizard's last step. An invalid direction, connector or credential belongs to no field: the page sets them. */
export const addEndpointSchema = z
  .object({
    direction: z.enum(["source", "destination"]),
    ...wizardFields,
    choice: choiceField,
    ...scheduleFields,
  })
  .transform((typed, context): AddEndpointInput => {
    const { direction, connector, credentialId, description } = typed;
    const named = newEndpointNameSchema(direction).safeParse(typed.name);
    if (!named.success) {
      const message = named.error.issues[0]?.message ?? "Choose another name.";
      context.addIssue({ code: "custom", path: ["name"], message });
    }
    const chosen = chosenData(direction, connector, new URLSearchParams(typed.choice));
    if (!chosen.ok) context.addIssue({ code: "custom", path: ["choice"], message: chosen.message });
    reportSchedule(typed, context, chosen.ok ? chosen.scheduled : undefined);
    const schedule = parseSchedule(typed);
    if (!chosen.ok || !schedule.ok) return z.NEVER;
    const wizard = { connector, credentialId, description, name: named.data ?? "" };
    return { ...wizard, ...chosen.data, schedule: schedule.schedule };
  });

function chosenData(direction: Direction, connector: ConnectorKind, address: URLSearchParams) {
  if (direction === "source") {
    const read = settingsOf(connector, readChoice(address));
    if (!read.ok) return read;
    return { ok: true, data: { direction, settings: read.settings }, scheduled: ofASource } as const;
  }
  const read = writingOf(connector, readWritingChoice(address));
  if (!read.ok) return read;
  const { writing, input } = read;
  return { ok: true, data: { direction, writing, input }, scheduled: scheduledOf(connector, read) } as const;
}

/** An endpoint's id; a malformed id names none. */
export const endpointIdSchema = z.guid();

/** The number of sources and destinations that the page said would stop. */
export const stopsSeenSchema = z.coerce.number().int().min(0).optional();

/** Pauses or deletes a source or destination, with that number. */
export const stopEndpointSchema = z.object({ endpointId: endpointIdSchema, stopsSeen: stopsSeenSchema });

/** The form that changes a source or destination. What is left out stays as it is. */
export const editEndpointSchema = z
  .object({
    endpointId: endpointIdSchema,
    version: versionSchema,
    ...editEndpointFormSchema.shape,
    credentialId: editEndpointFormSchema.shape.credentialId.transform((id) => (id === "" ? null : id)),
    choice: choiceField,
    newDataSet: z.string().optional(),
  })
  .superRefine((typed, context) => reportSchedule(typed, context))
  .transform(({ schedule, amount, unit, expression, timeZone, choice, newDataSet, ...rest }) => ({
    ...rest,
    schedule: sentSchedule({ schedule, amount, unit, expression, timeZone }),
    choice: choice ? new URLSearchParams(choice) : null,
    startsNewDataSet: newDataSet === "yes",
  }));

/** What an edit asks for; without a credential, choice, schedule or days, the current ones stay. */
export type EditEndpointInput = {
  readonly endpointId: string;
  readonly version: number;
  readonly name: string;
  readonly description: string;
  readonly credentialId: string | null;
  readonly schedule?: Schedule | null;
  /** The address of the step Data. */
  readonly choice?: URLSearchParams | null;
  /** The user agreed that a change of what is read removes the records read so far. */
  readonly startsNewDataSet?: boolean;
  readonly keepRunsDays?: number | undefined;
  readonly keepDeletedDays?: number | undefined;
  readonly keepDeliveriesDays?: number | undefined;
};

function sentSchedule(typed: TypedSchedule): Schedule | null {
  if (typed.schedule === undefined) return null;
  const parsed = parseSchedule(typed);
  return parsed.ok ? parsed.schedule : null;
}
