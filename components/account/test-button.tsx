"use client";

import { useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import type { Sending } from "@/lib/notifications/types";

type Props = {
  action: FormAction<Sending>;
  /** The hidden field that names what is tested. */
  name: string;
  value: string;
  /** What is tested, for screen readers, if several such buttons are on a page. */
  whom?: string;
};

/** Sends a test message; what came of it is in the delivery log. */
export function TestButton({ action, name, value, whom }: Props) {
  const { result, error, pending, formProps } = useButtonForm(action);
  return (
    <form {...formProps} className="flex flex-col items-start gap-2">
      <input type="hidden" name={name} value={value} />
      <SubmitButton look="secondary" pending={pending} pendingLabel="Sending…">
        Send a test{whom && <span className="sr-only"> {whom}</span>}
      </SubmitButton>
      <p role="status" className="text-sm text-muted empty:hidden">
        {result?.ok && !pending && saidOf(result.data)}
      </p>
      {error && <RefusalNotice error={error} />}
    </form>
  );
}

function saidOf({ isUnderWay }: Sending): string {
  return isUnderWay
    ? "On its way; the delivery log will say what came of it"
    : "Sent; the delivery log says what came of it";
}
