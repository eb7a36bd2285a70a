"use client";

import { useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import type { ButtonLook } from "@/components/ui/buttons";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";

type Props = {
  action: FormAction<unknown>;
  /** What runs, and how. */
  fields: Readonly<Record<string, string>>;
  look: ButtonLook;
  children: string;
};

/** Starts a run, or meets the one that runs already; leads to the run's page. */
export function RunNow({ action, fields, look, children }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  return (
    <form {...formProps} className="contents">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton look={look} pending={pending} pendingLabel="Starting…">
        {children}
      </SubmitButton>
      {error && (
        <div className="order-last basis-full">
          <RefusalNotice error={error} />
        </div>
      )}
    </form>
  );
}
