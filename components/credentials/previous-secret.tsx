"use client";

import { type ReactNode, useId } from "react";
import { useButtonForm } from "@/components/forms/use-button-form";
import { CalendarDate } from "@/components/ui/calendar-date";
import { Section } from "@/components/ui/card";
import { Detail } from "@/components/ui/detail";
import { KeptFocus } from "@/components/ui/kept-focus";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import type { PreviousSecret as Previous } from "@/lib/credentials/previous/types";
import { FailedCheckNotice } from "./failed-check-notice";
import { EndedPrevious, StillWorks } from "./previous-in-words";

type Action = FormAction<string | null, FailedCheck>;
type Props = { previous: Previous; switchBack: Action; check: Action; forget: Action };

/** The secret that the credential had before: what it is, and what can be done with it; or how it ended. */
export function PreviousSecret({ previous, switchBack, check, forget }: Props) {
  const { ended, keptUntil, isSuspended, method } = previous;
  return (
    // The buttons go with the secret.
    <KeptFocus className="min-w-0 rounded-2xl">
      <Section
        title="Previous secret"
        aside={
          !ended && (
            <>
              kept until <CalendarDate at={keptUntil} />
            </>
          )
        }
      >
        {!ended && <Known previous={previous} />}
        <div role="status" className="empty:hidden">
          {ended ? <EndedPrevious previous={previous} /> : <StillWorks previous={previous} />}
        </div>
        {!ended && (
          <div className="-mb-3 divide-y divide-line border-t border-line">
            {!isSuspended && (
              <>
                <Press
                  action={switchBack}
                  previous={previous}
                  label="Switch back"
                  refused="Not switched back"
                >
                  Checks it, then puts it in the place of the current secret, which is kept instead. What uses
                  this credential goes on.
                </Press>
                <Press action={check} previous={previous} label="Check that it is dead" refused="Not known">
                  Signs in with it once. If the server refuses it, it is revoked, and is deleted here.
                  {method === "password" && " The server counts that as a wrong password."}
                </Press>
              </>
            )}
            <Press action={forget} previous={previous} label="Forget it now" refused="Not deleted">
              Deletes it here. In Bitbucket it stays as it is.
            </Press>
          </div>
        )}
      </Section>
    </KeptFocus>
  );
}

function Known({ previous }: { previous: Previous }) {
  const { method, username, accountName, keyId, storedByName, storedAt } = previous;
  const account = accountName ?? username;
  return (
    <dl className="grid gap-4 sm:grid-cols-3">
      <Detail name="Kind">
        {method === "api-key" ? "API key" : "User name and password"}
        {keyId && <span className="block text-sm break-all text-muted">id {keyId}</span>}
      </Detail>
      {account && <Detail name={accountName ? "Account" : "User name"}>{account}</Detail>}
      {storedAt && (
        <Detail name="Stored">
          <CalendarDate at={storedAt} />
          {storedByName && (
            <span className="block text-sm text-muted">
              by <bdi>{storedByName}</bdi>
            </span>
          )}
        </Detail>
      )}
    </dl>
  );
}

type PressProps = {
  action: Action;
  previous: Previous;
  label: string;
  /** What a failure means here, in two words. */
  refused: string;
  /** What the button does. */
  children: ReactNode;
};

/** One button with what it does, and why it failed. */
function Press({ action, previous, label, refused, children }: PressProps) {
  const { error, pending, formProps } = useButtonForm(action);
  const aboutId = useId();
  const failed = error?.detail ?? null;
  const tryAgainToken = failed?.tryAgainToken;
  return (
    <form {...formProps} className="flex flex-col gap-3 py-3">
      <input type="hidden" name="credentialId" value={previous.credentialId} />
      <input type="hidden" name="secretVersion" value={previous.secretVersion} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p id={aboutId} className="min-w-0 grow basis-64 text-sm text-muted">
          {children}
        </p>
        <SubmitButton
          look="secondary"
          pending={pending}
          describedBy={aboutId}
          {...(tryAgainToken ? { name: "tryAgainToken", value: tryAgainToken } : {})}
        >
          {tryAgainToken ? "Try again" : label}
        </SubmitButton>
      </div>
      {error && !pending && (
        <FailedCheckNotice title={refused} error={{ ...error, message: messageOf(error) }} failed={failed} />
      )}
    </form>
  );
}

// The policy names its reason at a field, which is not on this page.
function messageOf({
  message,
  fieldErrors,
}: {
  message: string;
  fieldErrors: Readonly<Record<string, string>>;
}) {
  return [message, ...Object.values(fieldErrors)].join(" ");
}
