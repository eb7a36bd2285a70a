import { Cron } from "croner";
import type { Schedule } from "@/drizzle/schema/endpoints";
import { hourOf, weekdaysOf } from "./cron-in-words";

/** What a form sends about a schedule; fields of the kinds that were not chosen do not count. */
export type TypedSchedule = {
  readonly schedule?: string | undefined;
  readonly amount?: string | undefined;
  readonly unit?: string | undefined;
  readonly expression?: string | undefined;
  readonly timeZone?: string | undefined;
};

export type ScheduleField = keyof TypedSchedule;

/** A schedule, or the error at each field. */
export type ParsedSchedule =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly fieldErrors: Partial<Record<ScheduleField, string>> };

const units = ["minutes", "hours", "days"] as const;
type Unit = (typeof units)[number];

const unitMs: Readonly<Record<Unit, number>> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
const mostOf: Readonly<Record<Unit, number>> = { minutes: 525_600, hours: 8_760, days: 365 };
const expressionMaxLength = 100;
const expressionShape = "minute, hour, day of the month, month and weekday";

/** Reads the schedule of a form. Nothing chosen means by hand. */
export function parseSchedule(typed: TypedSchedule): ParsedSchedule {
  const kind = typed.schedule ?? "manual";
  if (kind === "manual" || kind === "") return { ok: true, schedule: { kind: "manual" } };
  if (kind === "after-source") return { ok: true, schedule: { kind } };
  if (kind === "every") return parseEvery(typed);
  if (kind === "cron") return parseCron(typed);
  return { ok: false, fieldErrors: { schedule: "Choose when it runs." } };
}

/** What decides which schedules a source or destination may have. */
export type Scheduled = {
  /** True if the records come from a data set, so that it can run after each run of its source. */
  readonly hasSource: boolean;
  /** The label of an action that cannot be taken back, or null. */
  readonly dangerous: string | null;
};

/** What decides over the schedules of a source. */
export const ofASource: Scheduled = { hasSource: false, dangerous: null };

/** Why a source or destination cannot have the schedule, or null. */
export function whyNotSchedule(schedule: Schedule, { hasSource, dangerous }: Scheduled): string | null {
  if (schedule.kind === "manual") return null;
  if (dangerous !== null) {
    return `“${dangerous}” runs by hand only: each run is confirmed with the number of its records.`;
  }
  if (schedule.kind !== "after-source" || hasSource) return null;
  return "Only a destination whose records come from a data set runs after its source.";
}

/** The first time after `after`, or null if there is none. `every` counts from `after`, the start of the last run. */
export function nextRunAt(schedule: Schedule, after: Date): Date | null {
  return nextRuns(schedule, after, 1)[0] ?? null;
}

/** The next times after `after`, at most `count`; empty for a schedule by hand. */
export function nextRuns(schedule: Schedule, after: Date, count: number): Date[] {
  if (schedule.kind === "manual" || schedule.kind === "after-source") return [];
  if (schedule.kind === "every") {
    const step = schedule.amount * unitMs[schedule.unit];
    return Array.from({ length: count }, (_, index) => new Date(after.getTime() + step * (index + 1)));
  }
  const cron = openCron(schedule.expression, schedule.timeZone);
  return cron ? cron.nextRuns(count, after) : [];
}

/** A schedule in plain words: "By hand", "Every 2 hours", "At 02:30, Monday to Friday (Europe/Berlin)". */
export function describeSchedule(schedule: Schedule): string {
  if (schedule.kind === "manual") return "By hand";
  if (schedule.kind === "after-source") return "After each run of its source";
  if (schedule.kind === "every") {
    const { amount, unit } = schedule;
    return amount === 1 ? `Every ${unit.slice(0, -1)}` : `Every ${amount} ${unit}`;
  }
  return `${cronInWords(schedule.expression)} (${schedule.timeZone})`;
}

/** The fields that a form shows for a schedule. */
export function typedSchedule(schedule: Schedule): Required<TypedSchedule> {
  const blank = { amount: "1", unit: "hours", expression: "", timeZone: "" };
  if (schedule.kind === "manual" || schedule.kind === "after-source") {
    return { ...blank, schedule: schedule.kind };
  }
  if (schedule.kind === "every")
    return { ...blank, schedule: "every", amount: String(schedule.amount), unit: schedule.unit };
  return { ...blank, schedule: "cron", expression: schedule.expression, timeZone: schedule.timeZone };
}

function parseEvery(typed: TypedSchedule): ParsedSchedule {
  const unit = units.find((one) => one === typed.unit);
  if (!unit) return { ok: false, fieldErrors: { unit: "Choose minutes, hours or days." } };
  const text = (typed.amount ?? "").trim();
  const amount = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(amount)) {
    return { ok: false, fieldErrors: { amount: `Type a whole number of ${unit}, such as 1.` } };
  }
  if (amount < 1) return { ok: false, fieldErrors: { amount: "It runs at most once a minute." } };
  if (amount > mostOf[unit]) {
    const most = mostOf[unit].toLocaleString("en");
    return { ok: false, fieldErrors: { amount: `A year is the most: ${most} ${unit}.` } };
  }
  return { ok: true, schedule: { kind: "every", amount, unit } };
}

function parseCron(typed: TypedSchedule): ParsedSchedule {
  const fieldErrors: Partial<Record<ScheduleField, string>> = {};
  const expression = (typed.expression ?? "").trim().replace(/\s+/g, " ");
  const wrong = whyNotCron(expression);
  if (wrong) fieldErrors.expression = wrong;
  const timeZone = zoneOf((typed.timeZone ?? "").trim());
  if (!timeZone) {
    fieldErrors.timeZone = typed.timeZone?.trim()
      ? "The portal does not know this time zone. Type one such as Europe/Berlin or UTC."
      : "A cron schedule needs a time zone, such as Europe/Berlin or UTC.";
  }
  if (wrong || !timeZone) return { ok: false, fieldErrors };
  if (!openCron(expression, timeZone)?.nextRun()) {
    const never = "This never comes: no date fits the day of the month and the month.";
    return { ok: false, fieldErrors: { expression: never } };
  }
  return { ok: true, schedule: { kind: "cron", expression, timeZone } };
}

const fields = [
  { name: "minute", range: "0 to 59" },
  { name: "hour", range: "0 to 23" },
  { name: "day of the month", range: "1 to 31, or L for the last" },
  { name: "month", range: "1 to 12, or JAN to DEC" },
  { name: "weekday", range: "0 to 7 with Sunday as 0 and 7, or MON to SUN" },
] as const;

function whyNotCron(expression: string): string | null {
  if (expression === "") return `Type five fields: ${expressionShape}, such as 30 2 * * *.`;
  if (expression.length > expressionMaxLength) {
    return `A cron expression has at most ${expressionMaxLength} characters.`;
  }
  const parts = expression.split(" ");
  if (parts.length === 6) {
    return `These are six fields. Leave out the seconds: it runs at most once a minute (${expressionShape}).`;
  }
  if (parts.length !== 5) {
    return `A cron expression has five fields, this has ${parts.length}: ${expressionShape}, such as 30 2 * * *.`;
  }
  for (const [index, { name, range }] of fields.entries()) {
    const alone = fields.map((_, at) => (at === index ? parts[at] : "*")).join(" ");
    if (!openCron(alone, "UTC")) {
      return `The ${name} “${parts[index]}” cannot be read: ${range}, such as ${index === 0 ? "*/15" : "*"}.`;
    }
  }
  return openCron(expression, "UTC") ? null : "This cannot be read as a cron expression.";
}

// Null for an expression that croner refuses; it recognises an unknown zone only when it is asked for a time.
function openCron(expression: string, timezone: string): Cron | null {
  try {
    const cron = new Cron(expression, { timezone, paused: true, mode: "5-part" });
    cron.nextRun();
    return cron;
  } catch {
    return null;
  }
}

// The zone in its usual spelling; null for an unknown one. Offsets such as +02:00 have no summer time and are refused.
function zoneOf(typed: string): string | null {
  if (typed === "" || typed.length > 60 || /^[+-]/.test(typed)) return null;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: typed }).resolvedOptions();
    return timeZone.toLowerCase() === typed.toLowerCase() ? timeZone : typed;
  } catch {
    return null;
  }
}

function cronInWords(expression: string): string {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = expression.split(" ");
  const everyDay = day === "*" && month === "*";
  if (everyDay && weekday === "*" && hour === "*") {
    if (minute === "*") return "Every minute";
    const step = /^\*\/(\d+)$/.exec(minute)?.[1];
    if (step) return `Every ${step} minutes of the hour`;
    if (/^\d+$/.test(minute)) return `Every hour at minute ${minute}`;
  }
  const at = hourOf(minute, hour);
  const days = weekdaysOf(weekday);
  if (everyDay && at && days) return `At ${at}, ${days}`;
  if (at && /^\d+$/.test(day) && month === "*" && weekday === "*")
    return `At ${at} on day ${day} of the month`;
  return `Cron ${expression}`;
}
