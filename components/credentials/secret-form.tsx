"use client";

import type { FormEvent, ReactNode } from "react";
import { useFormContext } from "react-hook-form";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import type { NewSecretForm } from "@/lib/credentials/schema";
import type { FieldErrors } from "@/lib/errors";
import { AddCredentialGuide } from "./add-credential-guide";
import { CheckProgress } from "./check-progress";
import { FailedCheckNotice } from "./failed-check-notice";
import { SaveButtons } from "./save-buttons";
import { SecretFields } from "./secret-fields";

/** What stands in the fields, by name; of a secret the server gives nothing back. */
type Typed = Readonly<Record<string, string>>;

type Props = {
  action: FormAction<unknown, FailedCheck>;
  /** What the fields begin with. */
  start?: Typed;
  /** True where the address is the first field of the page. */
  beginsWithAddress?: boolean;
  /** What comes before the secret: given what stands there now, and what the server complained of. */
  children: (now: { typed: Typed; refused: FieldErrors }) => ReactNode;
};

/**
 * A form that sends a secret to be checked and stored, with the guide beside it: its end is the same whatever the secret is
 * for. Goes into a `FormProvider`, whose schema judges all fields before anything is sent. It complains on Save and not when
 * a field is left: a complaint that goes away as one presses Save would move the button from under the pointer.
 */
export function SecretForm({ action, start = {}, beginsWithAddress = false, children }: Props) {
  const { result, pending, send, formProps } = useKeptForm(action);
  const { handleSubmit, watch, setValue, setFocus } = useFormContext<NewSecretForm>();
  const refusal = result?.ok === false ? result : null;
  const failed = refusal?.error.detail ?? null;
  const refused = refusal?.error.fieldErrors ?? {};
  const typed = refusal?.typed ?? start;

  function fillIn(baseUrl: string): void {
    setValue("baseUrl", baseUrl);
    setFocus("baseUrl");
  }

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    const form = event.currentTarget;
    const { submitter } = event.nativeEvent as SubmitEvent; // A submit event is what a form sends; React types it as Event.
    void handleSubmit(() => send(form, submitter))(event);
  }

  return (
    <div className="grid grid-cols-1 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
      <form
        {...formProps}
        onSubmit={onSubmit}
        noValidate
        data-under-way={pending || undefined}
        className="flex flex-col gap-5 p-5 sm:p-8"
      >
        {children({ typed, refused })}
        <SecretFields typed={typed} refused={refused} takesFocus={beginsWithAddress && !refusal} />
        <CheckProgress pending={pending}>
          {refusal && <FailedCheckNotice title="Not saved" error={refusal.error} failed={failed} />}
        </CheckProgress>
        <SaveButtons pending={pending} failed={failed} fillIn={fillIn} />
      </form>
      <AddCredentialGuide baseUrl={watch("baseUrl") ?? typed.baseUrl ?? ""} />
    </div>
  );
}
