"use client";

import { useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { ButtonLink } from "@/components/ui/buttons";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import type { Stops } from "@/lib/endpoints/types";
import { type Direction, endpointPath } from "@/lib/paths";
import { andStop } from "./stops-in-words";

type Props = {
  action: FormAction<unknown>;
  direction: Direction;
  endpointId: string;
  /** What stops with it; null for nothing. */
  stops: Stops | null;
};

/** The confirmation of a deletion. */
export function DeleteEndpointForm({ action, direction, endpointId, stops }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  return (
    <form {...formProps} className="flex flex-col gap-4">
      <input type="hidden" name="endpointId" value={endpointId} />
      <input type="hidden" name="stopsSeen" value={stops ? stops.sources + stops.destinations : 0} />
      {error && <RefusalNotice error={error} />}
      <div className="flex flex-wrap gap-3">
        <SubmitButton look="danger" pending={pending} pendingLabel="Deleting…">
          {stops ? andStop("Delete", stops) : "Delete for good"}
        </SubmitButton>
        <ButtonLink href={endpointPath(direction, endpointId)}>Keep it</ButtonLink>
      </div>
    </form>
  );
}
