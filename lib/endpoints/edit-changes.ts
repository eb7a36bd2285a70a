import { isDeepStrictEqual } from "node:util";
import type { Schedule } from "@/drizzle/schema/endpoints";
import type { DetailsOf } from "@/lib/audit/sentence-parts";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { SourceSettings } from "@/lib/connectors/streams";
import { AppError } from "@/lib/errors";
import type { WritingSettings } from "@/lib/mapping/types";
import type { Direction } from "@/lib/paths";
import { readChoice } from "./choice-address";
import { inputColumns, storedInput } from "./inputs";
import { settingsOf } from "./read-settings";
import { scheduledOf, writingOf } from "./read-writing";
import { ofASource, type Scheduled, whyNotSchedule } from "./schedule";
import type { EditEndpointInput } from "./schema";
import { readWritingChoice } from "./writing-address";

/** What an edit may change. */
type Editable = {
  readonly name: string;
  readonly description: string;
  readonly credentialId: string | null;
  readonly settings: SourceSettings | null;
  readonly writing: WritingSettings | null;
  readonly inputSourceId: string | null;
  readonly inputUploadId: string | null;
  readonly schedule: Schedule;
  readonly keepRunsDays: number;
  readonly keepDeletedDays: number;
  readonly keepDeliveriesDays: number;
};

type Stored = Editable & { readonly direction: Direction; readonly connector: ConnectorKind };

/** The values after an edit. INVALID_INPUT for a choice that cannot be read, or a schedule that does not fit it. */
export function afterEdit(before: Stored, input: EditEndpointInput): Editable {
  const { name, description } = input;
  const after = {
    name,
    description,
    credentialId: input.credentialId ?? before.credentialId,
    settings: before.settings,
    writing: before.writing,
    inputSourceId: before.inputSourceId,
    inputUploadId: before.inputUploadId,
    ...(input.choice && dataAfter(before, input.choice)),
    schedule: input.schedule ?? before.schedule,
    keepRunsDays: input.keepRunsDays ?? before.keepRunsDays,
    keepDeletedDays: input.keepDeletedDays ?? before.keepDeletedDays,
    keepDeliveriesDays: input.keepDeliveriesDays ?? before.keepDeliveriesDays,
  };
  const wrong = whyNotSchedule(after.schedule, scheduledAfter(before, after));
  if (wrong && (input.schedule || input.choice)) throw invalid("schedule", wrong);
  return after;
}

type Field = DetailsOf<"flow.edited">["fields"][number];

/** The names of the fields that an edit changes, for the audit log. */
export function changedFields(before: Editable, after: Editable): Field[] {
  const fields: Field[] = [];
  if (after.name !== before.name) fields.push("name");
  if (after.description !== before.description) fields.push("description");
  if (after.credentialId !== before.credentialId) fields.push("credential");
  if (!isDeepStrictEqual(after.settings, before.settings)) fields.push("settings");
  if (!isDeepStrictEqual(after.writing, before.writing)) fields.push("writing");
  if (!isDeepStrictEqual(storedInput(after), storedInput(before))) fields.push("input");
  if (!isDeepStrictEqual(after.schedule, before.schedule)) fields.push("schedule");
  const isKeptAlike =
    after.keepRunsDays === before.keepRunsDays &&
    after.keepDeletedDays === before.keepDeletedDays &&
    after.keepDeliveriesDays === before.keepDeliveriesDays;
  if (!isKeptAlike) fields.push("retention");
  return fields;
}

/** Refuses a change of what is read that would remove records, unless the user agreed. */
export function requireAgreement(agreed: boolean | undefined): void {
  if (agreed) return;
  throw invalid("newDataSet", "Confirm that the records read so far are removed.");
}

// What a choice of the step Data changes.
function dataAfter(before: Stored, choice: URLSearchParams) {
  const { direction, connector, settings } = before;
  if (direction === "source") return { settings: settingsAfter(connector, settings, choice) };
  const read = writingOf(connector, readWritingChoice(choice));
  if (!read.ok) throw invalid("choice", read.message);
  return { writing: read.writing, ...inputColumns(read.input) };
}

function scheduledAfter({ direction, connector }: Stored, after: Editable): Scheduled {
  const input = storedInput(after);
  return direction === "destination" && after.writing
    ? scheduledOf(connector, { writing: after.writing, input })
    : { ...ofASource, hasSource: input?.kind === "source" };
}

function settingsAfter(connector: ConnectorKind, settings: SourceSettings | null, choice: URLSearchParams) {
  const read = settingsOf(connector, readChoice(choice));
  if (!read.ok) throw invalid("choice", read.message);
  return settings && readsTheSame(settings, read.settings) ? settings : read.settings;
}

// Names and keys may have changed on the server since; ids count.
function readsTheSame(one: SourceSettings, other: SourceSettings): boolean {
  return (
    one.stream === other.stream &&
    isDeepStrictEqual(one.parameters, other.parameters) &&
    one.scope.kind === other.scope.kind &&
    isDeepStrictEqual(idsOf(one), idsOf(other))
  );
}

function idsOf({ scope }: SourceSettings): Set<number> {
  if (scope.kind === "everything") return new Set();
  return new Set((scope.kind === "projects" ? scope.projects : scope.repositories).map(({ id }) => id));
}

function invalid(field: string, message: string): AppError {
  return new AppError({
    code: "INVALID_INPUT",
    message: "Some fields need your attention.",
    fieldErrors: { [field]: message },
  });
}
