"use client";

import { useButtonForm } from "@/components/forms/use-button-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { RefusalNotice } from "./refusal-notice";

type Props = {
  action: FormAction<null>;
};

/** Ends the session. A form, so that no link or prefetch can end it. */
export function SignOutForm({ action }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  return (
    <form {...formProps} className="shrink-0">
      <SubmitButton look="quiet" pending={pending} className="px-3">
        Sign out
      </SubmitButton>
      {error && <RefusalNotice error={error} />}
    </form>
  );
}
