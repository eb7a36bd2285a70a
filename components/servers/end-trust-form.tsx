"use client";

import { useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";

type Props = { action: FormAction<unknown>; trustId: string; server: string };

/** Ends a trust in two steps. */
export function EndTrustForm({ action, trustId, server }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  return (
    <details className="text-sm">
      <summary className="cursor-pointer font-medium">Stop trusting it…</summary>
      <form {...formProps} className="flex flex-col gap-3 pt-3">
        <input type="hidden" name="trustId" value={trustId} />
        <input type="hidden" name="server" value={server} />
        {error && <RefusalNotice error={error} />}
        <p className="break-words">
          From the next check on, {server} is judged without it, and may be refused. No stored credential is
          lost.
        </p>
        <SubmitButton
          look="secondary"
          pending={pending}
          pendingLabel="Ending…"
          className="self-start text-left"
        >
          {`Stop trusting it for ${server}`}
        </SubmitButton>
      </form>
    </details>
  );
}
