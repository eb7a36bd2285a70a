"use client";

import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import type { CredentialStatus, FailedCheck } from "@/lib/credentials/types";
import { CheckProgress } from "./check-progress";
import { FailedCheckNotice } from "./failed-check-notice";

type Props = {
  action: FormAction<null, FailedCheck>;
  credentialId: string;
  status: CredentialStatus;
  /** Where the page around shows the ladder of the newest check by itself. */
  brief?: boolean;
};

/** Checks a stored credential and says what came of it; where the guard sent nothing, it can be told to try again. */
export function CheckNow({ action, credentialId, status, brief = false }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const failed = result?.ok === false ? result.error : null;
  const tryAgainTicket = failed?.detail?.tryAgainTicket;
  return (
    <form {...formProps} className="flex flex-col items-start gap-3">
      <input type="hidden" name="credentialId" value={credentialId} />
      <div className="flex flex-wrap gap-3">
        <SubmitButton look="secondary" pending={pending} pendingLabel="Checking with the server…">
          {status === "unproven" ? "Check now" : "Check again"}
        </SubmitButton>
        {tryAgainTicket && !pending && (
          <SubmitButton look="secondary" pending={pending} name="tryAgainTicket" value={tryAgainTicket}>
            Try again
          </SubmitButton>
        )}
      </div>
      <CheckProgress pending={pending} rungs={failed?.detail?.rungs}>
        {failed && (
          <FailedCheckNotice title="Not proven" error={failed} failed={failed.detail ?? null} brief={brief} />
        )}
      </CheckProgress>
    </form>
  );
}
