"use client";

import { useButtonForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { ButtonLink } from "@/components/ui/buttons";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { type Direction, endpointPath } from "@/lib/paths";

type Props = { action: FormAction<unknown>; direction: Direction; endpointId: string };

/** The confirmation of a deletion. */
export function DeleteEndpointForm({ action, direction, endpointId }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  return (
    <form {...formProps} className="flex flex-col gap-4">
      <input type="hidden" name="endpointId" value={endpointId} />
      {error && <RefusalNotice error={error} />}
      <div className="flex flex-wrap gap-3">
        <SubmitButton look="danger" pending={pending} pendingLabel="Deleting…">
          Delete for good
        </SubmitButton>
        <ButtonLink href={endpointPath(direction, endpointId)}>Keep it</ButtonLink>
      </div>
    </form>
  );
}
