"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { ButtonLink, buttonStyle } from "@/components/ui/buttons";
import { cardStyle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import type { FormAction } from "@/lib/action-result";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { addEndpointFormSchema } from "@/lib/endpoints/form-schema";
import type { Scheduled, TypedSchedule } from "@/lib/endpoints/schedule";
import type { Direction } from "@/lib/paths";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";
import { ScheduleFields } from "./schedule-fields";

type Props = {
  action: FormAction<unknown>;
  direction: Direction;
  connector: ConnectorKind;
  credentialId: string;
  /** The step Data with what was chosen. */
  back: string;
  /** What it reads or writes, as the query of the step Data, what its form starts with, and its possible schedules. */
  data: Scheduled & {
    readonly choice: string;
    readonly path: string;
    readonly start: TypedSchedule & { readonly name: string; readonly description: string };
    readonly now: string;
  };
};

/** The wizard's last step: name, description, schedule, Save. */
export function AddEndpointForm({ action, direction, connector, credentialId, back, data }: Props) {
  const { wholeError, pending, field, textOf, fillIn, formProps } = useActionForm(action, {
    schema: addEndpointFormSchema(direction),
    start: data.start,
  });
  return (
    <form {...formProps} className={cardStyle("flex flex-col gap-5")}>
      <input type="hidden" name="direction" value={direction} />
      <input type="hidden" name="connector" value={connector} />
      <input type="hidden" name="credentialId" value={credentialId} />
      <input type="hidden" name="choice" value={data.choice} />
      {wholeError && <RefusalNotice error={wholeError} />}
      <Field {...field("name")} label="Name" limit={nameMaxLength} required autoComplete="off" />
      <TextArea
        {...field("description")}
        label="Description"
        limit={descriptionMaxLength}
        optional
        rows={3}
        autoComplete="off"
        hint="What it is for, and who to ask."
      />
      <ScheduleFields field={field} textOf={textOf} fillIn={fillIn} now={data.now} isNew scheduled={data} />
      <div className="flex flex-wrap gap-3">
        <ButtonLink href={back} look="quiet" className="mr-auto -ml-4">
          Back
        </ButtonLink>
        <SubmitButton pending={pending} pendingLabel="Saving…">
          Save
        </SubmitButton>
        {data.dangerous === null && (
          // With script the times follow what is typed.
          <noscript>
            <button
              type="submit"
              formAction={data.path}
              formMethod="get"
              formEncType="application/x-www-form-urlencoded"
              className={buttonStyle("secondary")}
            >
              Show next times
            </button>
          </noscript>
        )}
      </div>
    </form>
  );
}
