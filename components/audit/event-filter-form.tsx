import { ButtonLink, buttonStyle } from "@/components/ui/buttons";
import { Field } from "@/components/ui/field";
import { daysOf, isNarrowing } from "@/lib/audit/filter";
import { type EventKind, eventLabels } from "@/lib/audit/kinds";
import type { EventFilter } from "@/lib/audit/types";
import { DayZone } from "./day-zone";

const zoneId = "days-are-of";

/** Filters the log. A GET form, so that a filtered log has an address. */
export function EventFilterForm({ path, filter }: { path: string; filter: EventFilter }) {
  const days = daysOf(filter);
  const hasDays = days.from !== "" || days.until !== "";
  return (
    <search>
      <form
        action={path}
        className="grid grid-cols-1 gap-x-4 gap-y-3 min-[360px]:grid-cols-2 rounded-2xl border border-line bg-surface p-4 shadow-rest lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1.2fr)_minmax(0,1.4fr)_auto_auto_auto]"
      >
        <Field
          name="person"
          label="User"
          placeholder="Name, email or id"
          defaultValue={filter.person ?? ""}
        />
        <Field name="thing" label="Item" placeholder="Name or id" defaultValue={filter.thing ?? ""} />
        <KindChoice kind={filter.kind} />
        <fieldset aria-describedby={zoneId} className="contents">
          <legend className="sr-only">Days</legend>
          <Field name="from" label="From" type="date" defaultValue={days.from} />
          <Field name="until" label="Until" type="date" defaultValue={days.until} />
        </fieldset>
        <div className="flex items-end gap-2 min-[360px]:col-span-2 lg:col-span-1">
          <button type="submit" className={buttonStyle("primary")}>
            Filter
          </button>
          {isNarrowing(filter) && (
            <ButtonLink look="quiet" href={path}>
              Clear
            </ButtonLink>
          )}
        </div>
        <p id={zoneId} className="col-span-full text-xs text-muted">
          <DayZone shown={hasDays ? filter.zone : null} />
        </p>
      </form>
    </search>
  );
}

function KindChoice({ kind }: { kind: string | null }) {
  return (
    <div className="flex flex-col gap-1.5 min-[360px]:col-span-2 lg:col-span-1">
      <label htmlFor="field-kind" className="text-sm font-medium">
        Kind
      </label>
      <select
        id="field-kind"
        name="kind"
        defaultValue={kind ?? ""}
        className="min-h-10 w-full rounded-lg border border-line-strong/60 bg-surface px-3 py-2 text-ink shadow-rest transition-colors hover:border-line-strong"
      >
        <option value="">Everything</option>
        {Object.entries(eventLabels).map(([value, label]: [string, (typeof eventLabels)[EventKind]]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
