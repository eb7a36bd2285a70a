"use client";

import { type ReactNode, useId } from "react";
import { useButtonForm } from "@/components/forms/use-button-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import type { CredentialStatus, FailedCheck } from "@/lib/credentials/checks/types";
import type { CheckStop } from "@/lib/credentials/types";
import { CheckProgress } from "./check-progress";
import { FailedCheckNotice } from "./failed-check-notice";
import { SendPastProxy } from "./send-past-proxy";

type Props = {
  action: FormAction<null, FailedCheck>;
  credentialId: string;
  status: CredentialStatus;
  /** Set if lock-out protection would send nothing, as of when the page was made. */
  stop: CheckStop | null;
  /** The latest check, where the page shows it: new steps replace its steps; its report is next to the button. */
  newest?: { readonly steps: ReactNode; readonly report: ReactNode };
};

/**
 * Checks a stored credential and shows the result. While lock-out protection sends nothing, the button becomes Try
 * again for users who may override the refusal, and is missing for the others.
 */
export function CheckNow({ action, credentialId, status, stop, newest }: Props) {
  const { error: refused, pending, formProps } = useButtonForm(action);
  const failed = refused?.detail ?? null;
  const tryAgainToken = failed?.tryAgainToken ?? stop?.tryAgainToken;
  const reasonId = useId();
  const inPlace = newest !== undefined;
  const notice = refused && (
    <FailedCheckNotice title="Not proven" error={refused} failed={failed} brief={inPlace} />
  );
  return (
    <form {...formProps} className="flex flex-col items-start gap-3">
      <input type="hidden" name="credentialId" value={credentialId} />
      {newest && (
        <div className="w-full pb-1">
          <CheckProgress pending={pending} inPlace>
            {newest.steps}
          </CheckProgress>
        </div>
      )}
      {inPlace && !pending && notice}
      <div className="flex w-full flex-wrap items-start gap-3 empty:hidden">
        {(tryAgainToken || !stop) && (
          <SubmitButton
            look="secondary"
            pending={pending}
            pendingLabel="Checking with the server…"
            {...(stop ? { describedBy: reasonId } : {})}
            {...(tryAgainToken ? { name: "tryAgainToken", value: tryAgainToken } : {})}
          >
            {tryAgainToken ? "Try again" : status === "unproven" ? "Check now" : "Check again"}
          </SubmitButton>
        )}
        {newest?.report}
      </div>
      {failed && !pending && <SendPastProxy failed={failed} pending={pending} />}
      {stop && (
        <p id={reasonId} className="max-w-prose text-sm text-muted">
          {stopInWords(stop)}
        </p>
      )}
      {!inPlace && <CheckProgress pending={pending}>{notice}</CheckProgress>}
    </form>
  );
}

/** Why the credential is not checked now, and what the reader can do. */
function stopInWords({ reason, refusals, tryAgainToken }: CheckStop): string {
  const why = whyInWords(reason, refusals);
  return tryAgainToken === null
    ? `${why} The credential’s owner, or an administrator of it, can correct it or try again.`
    : `${why} ${firstInWords[reason]}Try again sends it once; a few refusals in a row lock an account, five by default.`;
}

function whyInWords(reason: CheckStop["reason"], refusals: number): string {
  if (reason === "CAPTCHA_AWAITED") return "The account is left alone, because it wants a CAPTCHA.";
  if (refusals > 1) {
    return `The account is left alone, because its last ${refusals} sign-ins were refused, or their answer got lost.`;
  }
  return "Its server refused it, so it is not sent again by itself.";
}

const firstInWords: Record<CheckStop["reason"], string> = {
  CAPTCHA_AWAITED: "Solve it in Bitbucket in the browser first. ",
  ACCOUNT_STOPPED: "Sign in to Bitbucket in the browser first, to be sure of the password. ",
  NOT_SENT_AGAIN: "",
};
