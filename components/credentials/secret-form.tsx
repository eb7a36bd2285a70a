"use client";

import type { ReactNode } from "react";
import type { ActionForm } from "@/components/forms/use-action-form";
import { ButtonLink } from "@/components/ui/buttons";
import { SeenNotice } from "@/components/ui/seen-notice";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import type { NewSecretForm } from "@/lib/credentials/form-schema";
import { AddCredentialGuide } from "./add-credential-guide";
import { CheckProgress } from "./check-progress";
import { FailedCheckNotice } from "./failed-check-notice";
import { SaveButtons } from "./save-buttons";
import { SecretFields } from "./secret-fields";

/** The fields that a check is about. That an account is stopped says nothing about the password. */
export function checkedFields(failed: FailedCheck | null): readonly (keyof NewSecretForm)[] {
  return failed?.isAccountStopped ? ["baseUrl", "username"] : ["baseUrl", "username", "password"];
}

type Props = {
  form: ActionForm<unknown, unknown, keyof NewSecretForm>;
  kind: ConnectorKind;
  /** The failed check of the last Save; null if none failed. */
  failed: FailedCheck | null;
  /** Shown in place of the error's own words. */
  notice?: ReactNode;
  /** A further submit button. */
  button?: ReactNode;
  /** True if the address is the first field of the page. */
  beginsWithAddress?: boolean;
  /** Where Cancel leads. */
  leaveTo: string;
  /** The fields above the secret. */
  children: ReactNode;
  /** What stands below the secret. */
  below?: ReactNode;
};

/**
 * A form that sends a secret to be checked and stored: the fields, beside them the guide, which makes way for the running
 * check and for what it found, and the buttons, always in sight. Errors appear on Save, not on blur: an error that
 * vanishes on blur would move what is below it.
 */
export function SecretForm({
  form,
  kind,
  failed,
  notice,
  button,
  beginsWithAddress = false,
  leaveTo,
  children,
  below,
}: Props) {
  const { error, pending } = form;
  const isOutdated = (failed !== null || Boolean(notice)) && form.isOutdated(checkedFields(failed));
  const current = isOutdated ? null : failed;

  function fillIn(baseUrl: string): void {
    form.fillIn("baseUrl", baseUrl);
    form.noteChange("baseUrl");
    form.focus("baseUrl");
  }

  return (
    // The margin keeps a field with its error above the footer when it gets the focus.
    <form
      {...form.formProps}
      data-under-way={pending || undefined}
      className="flex flex-col [&_input]:scroll-mt-28 [&_input]:scroll-mb-56"
    >
      <input type="hidden" name="connector" value={kind} />
      <div className="grid grow grid-cols-1 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
        <div className="flex flex-col gap-5 p-5 sm:p-8">
          {children}
          <SecretFields form={form} kind={kind} takesFocus={beginsWithAddress && !error} />
          {below}
        </div>
        <div className="flex flex-col border-line bg-sunken max-lg:border-t lg:border-l">
          <div className="flex flex-col gap-6 p-5 text-sm sm:p-8 lg:sticky lg:top-20">
            <CheckProgress pending={pending}>
              {error && !isOutdated && (failed || !notice) && (
                <SeenNotice>
                  <FailedCheckNotice title="Not saved" error={error} failed={failed} />
                </SeenNotice>
              )}
              {!isOutdated && notice}
            </CheckProgress>
            <p role="status" className={isOutdated ? "text-muted" : "sr-only"}>
              {isOutdated && !pending && "Changed since the last check. Save checks it again."}
            </p>
            <AddCredentialGuide baseUrl={form.textOf("baseUrl")} isBrief={pending || error !== null} />
          </div>
        </div>
      </div>
      <footer className="sticky bottom-0 z-10 border-t border-line bg-surface px-5 py-3.5 sm:px-8">
        <SaveButtons pending={pending} failed={current} fillIn={fillIn}>
          {button}
          <ButtonLink href={leaveTo} look="quiet" className="ml-auto" data-leaves>
            Cancel
          </ButtonLink>
        </SaveButtons>
      </footer>
    </form>
  );
}
