"use client";

import { type ReactNode, useId, useState } from "react";
import { type ButtonForm, newestResult, useButtonForm } from "@/components/forms/use-button-form";
import { CalendarDate } from "@/components/ui/calendar-date";
import { Section } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { Detail } from "@/components/ui/detail";
import { KeptFocus } from "@/components/ui/kept-focus";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import type { PreviousSecret as Previous } from "@/lib/credentials/previous/types";
import { FailedCheckNotice } from "./failed-check-notice";
import { EndedPrevious, StillWorks } from "./previous-in-words";

type Action = FormAction<string | null, FailedCheck>;
type Props = { previous: Previous | null; switchBack: Action; check: Action; forget: Action };

/**
 * The secret that the credential had before: what it is, and what can be done with it; or how it ended. Nothing without
 * one, unless a button was pressed that it is too late for.
 */
export function PreviousSecret(props: Props) {
  const version = props.previous?.secretVersion ?? 0;
  const [first] = useState(version);
  // An error goes with the secret that it is about. The first key stays the same, since the answer to a form without
  // script is found by it, though that very press may have changed the version.
  return <Slot key={version === first ? "first" : version} {...props} />;
}

function Slot({ previous, ...actions }: Props) {
  const forms = [
    useButtonForm(actions.switchBack),
    useButtonForm(actions.check),
    useButtonForm(actions.forget),
  ] as const;
  if (!previous && newestResult(forms)?.ok !== false) return null;
  const kept = previous && !previous.ended ? previous : null;
  return (
    // The buttons go with the secret.
    <KeptFocus className="min-w-0 rounded-2xl">
      <Section
        title="Previous secret"
        aside={
          kept && (
            <>
              kept until <CalendarDate at={kept.keptUntil} />
            </>
          )
        }
      >
        {kept && <Known previous={kept} />}
        <div role="status" className="empty:hidden">
          {kept && <StillWorks previous={kept} />}
          {previous?.ended && <EndedPrevious previous={previous} />}
        </div>
        <Presses forms={forms} kept={kept} />
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

type Form = ButtonForm<string | null, FailedCheck>;

/** The buttons of a kept secret. The newest error stays when they go: it may be why. */
function Presses({ forms, kept }: { forms: readonly [Form, Form, Form]; kept: Previous | null }) {
  const [switchBack, check, forget] = forms;
  const newest = newestResult(forms);
  const mayCheck = kept && !kept.isSuspended ? kept : null;
  const counted =
    kept?.method === "password"
      ? " If the server refuses the password, that counts as a failed sign-in there, and here."
      : "";
  return (
    <div
      className={classNames(
        "empty:hidden",
        kept !== null && "-mb-3 divide-y divide-line border-t border-line",
      )}
    >
      <Press
        form={switchBack}
        isNewest={newest === switchBack.result}
        previous={mayCheck}
        label="Switch back"
        refused="Not switched back"
      >
        Checks it, then puts it in the place of the current secret. The current one is kept instead, unless
        the server or your portal’s policy refuses it. What uses this credential goes on.{counted}
      </Press>
      <Press
        form={check}
        isNewest={newest === check.result}
        previous={mayCheck}
        label="Check that it is dead"
        refused="Not known"
      >
        Signs in with it once. If the server no longer accepts it, it is deleted here.{counted}
      </Press>
      <Press
        form={forget}
        isNewest={newest === forget.result}
        previous={kept}
        label="Forget it now"
        refused="Not deleted"
      >
        Deletes it here. In Bitbucket it stays as it is.
      </Press>
    </div>
  );
}

type PressProps = {
  form: Form;
  /** No other button was answered since. */
  isNewest: boolean;
  /** Null if the button is not offered, or not any more. */
  previous: Previous | null;
  label: string;
  /** What a failure means here, in two words. */
  refused: string;
  /** What the button does. */
  children: ReactNode;
};

/** One button with what it does, and why it failed. */
function Press({ form, isNewest, previous, label, refused, children }: PressProps) {
  const { pending, formProps } = form;
  const error = previous || isNewest ? form.error : null;
  const aboutId = useId();
  const failed = error?.detail ?? null;
  const tryAgainToken = failed?.tryAgainToken;
  if (!previous && !error) return null;
  return (
    <form {...formProps} className={classNames("flex flex-col gap-3", previous !== null && "py-3")}>
      {previous && (
        <>
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
        </>
      )}
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
