"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import type { FormEvent } from "react";
import { useForm } from "react-hook-form";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import { type NewSecretForm, type NewSecretInput, newSecretSchema } from "@/lib/credentials/schema";
import type { ChangeableCredential, FailedCheck } from "@/lib/credentials/types";
import { AddCredentialGuide } from "./add-credential-guide";
import { CheckProgress } from "./check-progress";
import { FailedCheckNotice } from "./failed-check-notice";
import { SaveButtons } from "./save-buttons";
import { SecretFields } from "./secret-fields";

type Props = {
  action: FormAction<unknown, FailedCheck>;
  credentialId: string;
  /** Null once the session has ended: what was typed is shown all the same. */
  credential: ChangeableCredential | null;
};

/** A new secret for a credential; the server's address may change with it, and never without it. */
export function ReplaceSecretForm({ action, credentialId, credential }: Props) {
  const { result, pending, send, formProps } = useKeptForm(action);
  const { register, handleSubmit, formState, setValue, watch } = useForm<
    NewSecretForm,
    unknown,
    NewSecretInput
  >({
    resolver: zodResolver(newSecretSchema),
    mode: "onSubmit",
    reValidateMode: "onChange",
  });
  const refusal = result?.ok === false ? result : null;
  const failed = refusal?.error.detail ?? null;
  const errorOf = (name: keyof NewSecretForm) =>
    formState.errors[name]?.message ?? refusal?.error.fieldErrors[name];
  const typed = refusal?.typed ?? {
    baseUrl: credential?.baseUrl ?? "",
    username: credential?.username ?? "",
  };
  // The version that the form was opened for, also on a page that is made anew without script.
  const secretVersion = refusal?.typed.secretVersion ?? credential?.secretVersion;

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    const form = event.currentTarget;
    const { submitter } = event.nativeEvent as SubmitEvent; // A submit event is what a form sends; React types it as Event.
    void handleSubmit(() => send(form, submitter))(event);
  }

  return (
    <div className="grid grid-cols-1 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
      <form {...formProps} onSubmit={onSubmit} noValidate className="flex flex-col gap-5 p-5 sm:p-8">
        <input type="hidden" name="credentialId" value={credentialId} />
        <input type="hidden" name="secretVersion" value={secretVersion} />
        <SecretFields
          registered={{
            baseUrl: register("baseUrl"),
            username: register("username"),
            password: register("password"),
          }}
          errors={{
            baseUrl: errorOf("baseUrl"),
            username: errorOf("username"),
            password: errorOf("password"),
          }}
          mend={(baseUrl) => setValue("baseUrl", baseUrl)}
          typed={typed}
        />
        <CheckProgress pending={pending} rungs={failed?.rungs}>
          {refusal && <FailedCheckNotice title="Not saved" error={refusal.error} failed={failed} />}
        </CheckProgress>
        <SaveButtons pending={pending} failed={failed} />
      </form>
      <AddCredentialGuide baseUrl={watch("baseUrl") ?? typed.baseUrl ?? ""} />
    </div>
  );
}
