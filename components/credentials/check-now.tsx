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
  /** Only what no check has judged can be checked here: what a server has refused is not sent again. */
  status: CredentialStatus;
  /** Where the page around shows the ladder of the newest check by itself. */
  brief?: boolean;
};

/** Checks a credential that was stored without a check, and says what came of it. */
export function CheckNow({ action, credentialId, status, brief = false }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  const failed = result?.ok === false ? result.error : null;
  if (status !== "unproven" && !failed) return null;
  return (
    <form {...formProps} className="flex flex-col items-start gap-3">
      <input type="hidden" name="credentialId" value={credentialId} />
      {status === "unproven" && (
        <SubmitButton look="secondary" pending={pending} pendingLabel="Checking with the server…">
          Check now
        </SubmitButton>
      )}
      <CheckProgress pending={pending} rungs={failed?.detail?.rungs}>
        {failed && (
          <FailedCheckNotice title="Not proven" error={failed} failed={failed.detail ?? null} brief={brief} />
        )}
      </CheckProgress>
    </form>
  );
}
