"use client";

import { useButtonForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";

type Props = { pause: FormAction<null>; activate: FormAction<null>; endpointId: string; isPaused: boolean };

/** One button that pauses an active source or destination and activates a paused one. */
export function PauseEndpoint({ pause, activate, endpointId, isPaused }: Props) {
  const { result, error, pending, formProps } = useButtonForm(isPaused ? activate : pause);
  return (
    <form {...formProps} className="contents">
      <input type="hidden" name="endpointId" value={endpointId} />
      <SubmitButton look="secondary" pending={pending}>
        {isPaused ? "Activate" : "Pause"}
      </SubmitButton>
      {/* The label changes on the focused button, which screen readers do not announce. */}
      <span role="status" className="sr-only">
        {result?.ok && (isPaused ? "It is paused." : "It is active.")}
      </span>
      {error && (
        <div className="basis-full">
          <RefusalNotice error={error} />
        </div>
      )}
    </form>
  );
}
