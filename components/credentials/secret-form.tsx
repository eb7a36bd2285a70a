"use client";

import type { ReactNode } from "react";
import type { ActionForm } from "@/components/forms/use-action-form";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import type { NewSecretForm } from "@/lib/credentials/form-schema";
import { AddCredentialGuide } from "./add-credential-guide";
import { CheckProgress } from "./check-progress";
import { FailedCheckNotice } from "./failed-check-notice";
import { SaveButtons } from "./save-buttons";
import { SecretFields } from "./secret-fields";

type Props = {
  form: ActionForm<unknown, FailedCheck, keyof NewSecretForm>;
  kind: ConnectorKind;
  /** True if the address is the first field of the page. */
  beginsWithAddress?: boolean;
  /** The fields above the secret. */
  children: ReactNode;
};

/**
 * A form that sends a secret to be checked and stored, with the guide beside it. Errors appear on Save, not on blur: an
 * error that vanishes on blur would move the button away from the pointer.
 */
export function SecretForm({ form, kind, beginsWithAddress = false, children }: Props) {
  const { error, pending } = form;
  const failed = error?.detail ?? null;

  function fillIn(baseUrl: string): void {
    form.fillIn("baseUrl", baseUrl);
    form.focus("baseUrl");
  }

  return (
    <div className="grid grid-cols-1 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
      <form
        {...form.formProps}
        data-under-way={pending || undefined}
        className="flex flex-col gap-5 p-5 sm:p-8"
      >
        <input type="hidden" name="connector" value={kind} />
        {children}
        <SecretFields form={form} kind={kind} takesFocus={beginsWithAddress && !error} />
        <CheckProgress pending={pending}>
          {error && <FailedCheckNotice title="Not saved" error={error} failed={failed} />}
        </CheckProgress>
        <SaveButtons pending={pending} failed={failed} fillIn={fillIn} />
      </form>
      <AddCredentialGuide baseUrl={form.textOf("baseUrl")} />
    </div>
  );
}
