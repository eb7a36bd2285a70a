"use client";

import type { ActionForm } from "@/components/forms/use-action-form";
import { Field } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { Scheduled, ScheduleField } from "@/lib/endpoints/schedule";
import { ScheduleFields } from "./schedule-fields";

type Days = "keepRunsDays" | "keepDeliveriesDays";
type Props = {
  form: Pick<ActionForm<unknown, unknown, ScheduleField | Days>, "field" | "textOf" | "fillIn">;
  destination: EditedDestination;
  error: string | undefined;
};

/** What the edit form of a destination shows besides name and credential. */
export type EditedDestination = {
  /** In words, such as "Pull request comments from Findings"; null for one from before there was a choice. */
  readonly writes: string | null;
  /** Where the choice is changed. */
  readonly dataPath: string;
  /** A new choice that the form will save: its query, its words, and what that means. Null if the choice stays. */
  readonly chosen: {
    readonly query: string;
    readonly writes: string;
    readonly isOtherInput: boolean;
    readonly isOtherThing: boolean;
  } | null;
  readonly scheduled: Scheduled;
  readonly now: string;
};

/** What a destination writes, its schedule, and how long it keeps. */
export function EditDestinationFields({ form, destination, error }: Props) {
  const { writes, dataPath, chosen, scheduled, now } = destination;
  return (
    <>
      <div className="flex flex-col gap-2">
        <p className="text-sm font-medium">What it writes</p>
        <p className="break-words">
          {chosen?.writes ?? writes ?? <span className="text-muted">Not chosen yet</span>}
        </p>
        {chosen && <input type="hidden" name="choice" value={chosen.query} />}
        {chosen && writes !== null && (
          <Notice kind={chosen.isOtherThing ? "warn" : "info"} title="Saving changes what it writes">
            <p>So far it writes: {writes}. What stands on the server stays.</p>
            {chosen.isOtherInput && <p>The next run by a schedule begins at the first of the new records.</p>}
            {chosen.isOtherThing && (
              <p>
                With another action or match key, what was sent before is not recognised: it may be sent once
                more.
              </p>
            )}
          </Notice>
        )}
        {error && (
          <p role="alert" tabIndex={-1} className="text-sm text-bad">
            {error}
          </p>
        )}
        <Link
          href={dataPath}
          className="self-start py-0.5 text-sm font-medium text-accent underline underline-offset-4"
        >
          {writes === null && !chosen ? "Choose what is written" : "Change what is written"}
        </Link>
      </div>
      <ScheduleFields
        field={form.field}
        textOf={form.textOf}
        fillIn={form.fillIn}
        now={now}
        isNew={false}
        scheduled={scheduled}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          {...form.field("keepDeliveriesDays")}
          label="Keep results, in days"
          inputMode="numeric"
          autoComplete="off"
          hint="The result of each record, with its request."
        />
        <Field
          {...form.field("keepRunsDays")}
          label="Keep runs, in days"
          inputMode="numeric"
          autoComplete="off"
          hint="The list of runs, with their counts."
        />
      </div>
    </>
  );
}
