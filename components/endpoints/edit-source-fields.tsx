"use client";

import type { ActionForm } from "@/components/forms/use-action-form";
import { Field } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { ofASource, type ScheduleField } from "@/lib/endpoints/schedule";
import { ScheduleFields } from "./schedule-fields";

type Days = "keepRunsDays" | "keepDeletedDays";
type Props = {
  form: Pick<ActionForm<unknown, unknown, ScheduleField | Days>, "field" | "textOf" | "fillIn">;
  source: EditedSource;
  errors: { readonly choice?: string | undefined; readonly newDataSet?: string | undefined };
};

/** What the edit form of a source shows besides name and credential. */
export type EditedSource = {
  /** In words, such as "Commits · 3 repositories"; null for a source from before there was a choice. */
  readonly reads: string | null;
  /** Where the choice is changed. */
  readonly dataPath: string;
  /** A new choice that the form will save: its query and its words. Null if the choice stays. */
  readonly chosen: { readonly query: string; readonly reads: string } | null;
  readonly now: string;
};

/** What a source reads, its schedule, and how long it keeps. */
export function EditSourceFields({ form, source, errors }: Props) {
  const { reads, dataPath, chosen, now } = source;
  const error = errors.newDataSet ?? errors.choice;
  return (
    <>
      <div className="flex flex-col gap-2">
        <p className="text-sm font-medium">What it reads</p>
        <p className="break-words">
          {chosen?.reads ?? reads ?? <span className="text-muted">Not chosen yet</span>}
        </p>
        {chosen && <input type="hidden" name="choice" value={chosen.query} />}
        {chosen && reads !== null && (
          <Notice kind="warn" title="Saving starts a new data set">
            <p>
              So far it reads: {reads}. The records read so far are removed, and the next run reads
              everything. Programs that follow the data set have to download all of it again. To keep the
              records, make a new data source instead.
            </p>
            <label className="flex min-h-9 items-start gap-2.5 py-1.5">
              <input
                type="checkbox"
                name="newDataSet"
                value="yes"
                aria-invalid={error ? true : undefined}
                aria-describedby={error ? "new-data-set-error" : undefined}
                className="mt-0.75 size-4 shrink-0 accent-accent"
              />
              Remove the records read so far
            </label>
          </Notice>
        )}
        {error && (
          <p id="new-data-set-error" className="text-sm text-bad">
            {error}
          </p>
        )}
        <Link
          href={dataPath}
          className="self-start py-0.5 text-sm font-medium text-accent underline underline-offset-4"
        >
          {reads === null && !chosen ? "Choose what to read" : "Change what is read"}
        </Link>
      </div>
      <ScheduleFields
        field={form.field}
        textOf={form.textOf}
        fillIn={form.fillIn}
        now={now}
        isNew={false}
        scheduled={ofASource}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          {...form.field("keepDeletedDays")}
          label="Keep deleted records, in days"
          inputMode="numeric"
          autoComplete="off"
          hint="Records that were deleted on the server."
        />
        <Field
          {...form.field("keepRunsDays")}
          label="Keep runs, in days"
          inputMode="numeric"
          autoComplete="off"
          hint="The list of runs, each with its log."
        />
      </div>
    </>
  );
}
