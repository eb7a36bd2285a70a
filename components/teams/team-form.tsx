"use client";

import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import type { Team } from "@/lib/teams/types";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";

type Props = {
  action: FormAction<unknown>;
  /** The team as it is; left out for a new one. */
  team?: Pick<Team, "id" | "name" | "description" | "version">;
};

/** A team's name and description. */
export function TeamForm({ action, team }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const refusal = result?.ok === false ? result : null;
  const errors = refusal?.error.fieldErrors ?? {};
  return (
    <form {...formProps} noValidate className="flex flex-col gap-5">
      {team && <input type="hidden" name="teamId" value={team.id} />}
      {team && <input type="hidden" name="version" value={team.version} />}
      {refusal && !errors.name && !errors.description && <RefusalNotice error={refusal.error} />}
      <Field
        label="Name"
        name="name"
        limit={nameMaxLength}
        required
        takesFocus={!errors.description}
        autoComplete="off"
        defaultValue={refusal?.typed.name ?? team?.name}
        error={errors.name}
        hint="Whoever shares something picks the team by this name."
      />
      <TextArea
        label="Description"
        name="description"
        limit={descriptionMaxLength}
        optional
        rows={3}
        defaultValue={refusal?.typed.description ?? team?.description}
        error={errors.description}
        hint="What the team is for, and who should be in it."
      />
      <SubmitButton pending={pending} pendingLabel="Saving…" className="self-start">
        {team ? "Save" : "Create team"}
      </SubmitButton>
    </form>
  );
}
