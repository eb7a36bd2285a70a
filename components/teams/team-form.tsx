"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { ButtonLink } from "@/components/ui/buttons";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import type { FormAction } from "@/lib/action-result";
import { teamFormSchema } from "@/lib/teams/form-schema";
import type { Team } from "@/lib/teams/types";
import { descriptionMaxLength, nameMaxLength } from "@/lib/text/name-limits";

type Props = {
  action: FormAction<unknown>;
  /** The present team; left out for a new one. */
  team?: Pick<Team, "id" | "name" | "description" | "version">;
};

/** A team's name and description. */
export function TeamForm({ action, team }: Props) {
  const { error, wholeError, pending, field, formProps } = useActionForm(action, {
    schema: teamFormSchema,
    start: { name: team?.name, description: team?.description },
  });
  return (
    <form {...formProps} className="flex flex-col gap-5">
      {team && <input type="hidden" name="teamId" value={team.id} />}
      {team && <input type="hidden" name="version" value={team.version} />}
      {wholeError && <RefusalNotice error={wholeError} />}
      <Field
        {...field("name")}
        label="Name"
        limit={nameMaxLength}
        required
        takesFocus={!error?.fieldErrors.description}
        autoComplete="off"
        hint="People who share something choose the team by this name."
      />
      <TextArea
        {...field("description")}
        label="Description"
        limit={descriptionMaxLength}
        optional
        rows={3}
        hint="What the team is for, and who should be in it."
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton pending={pending} pendingLabel="Saving…">
          {team ? "Save" : "Create team"}
        </SubmitButton>
        <ButtonLink href={team ? `/teams/${team.id}` : "/teams"} look="quiet">
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
