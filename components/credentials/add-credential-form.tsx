"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import type { FormEvent } from "react";
import { useForm } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import type { ConnectorSlug, Direction } from "@/lib/connectors";
import {
  type AddCredentialInput,
  addCredentialSchema,
  type AddCredentialForm as Form,
} from "@/lib/credentials/schema";
import type { FailedCheck } from "@/lib/credentials/types";
import { AddCredentialGuide } from "./add-credential-guide";
import { CheckProgress } from "./check-progress";
import { FailedCheckNotice } from "./failed-check-notice";
import { SaveButtons } from "./save-buttons";
import { SecretFields } from "./secret-fields";

type Props = {
  action: FormAction<unknown, FailedCheck>;
  /** The wizard to go on with after Save; without one, Save leads to the credential. */
  wizard?: { direction: Direction; connector: ConnectorSlug };
};

/** Add New Credential: the guide's fields, in its order and words, with the guide in short beside them. */
export function AddCredentialForm({ action, wizard }: Props) {
  const { result, pending, send, formProps } = useKeptForm(action);
  const { register, handleSubmit, formState, setValue, watch } = useForm<Form, unknown, AddCredentialInput>({
    resolver: zodResolver(addCredentialSchema),
    mode: "onSubmit",
    // Not on blur: a complaint that goes away as one presses Save would move the button from under the pointer.
    reValidateMode: "onChange",
  });
  const refusal = result?.ok === false ? result : null;
  const failed = refusal?.error.detail ?? null;
  const errorOf = (name: keyof Form) => formState.errors[name]?.message ?? refusal?.error.fieldErrors[name];
  const typed = refusal?.typed ?? {};

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    const form = event.currentTarget;
    const { submitter } = event.nativeEvent as SubmitEvent; // A submit event is what a form sends; React types it as Event.
    void handleSubmit(() => send(form, submitter))(event);
  }

  return (
    <div className="grid grid-cols-1 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
      <form {...formProps} onSubmit={onSubmit} noValidate className="flex flex-col gap-5 p-5 sm:p-8">
        {wizard && (
          <>
            <input type="hidden" name="direction" value={wizard.direction} />
            <input type="hidden" name="connector" value={wizard.connector} />
          </>
        )}
        <Field
          {...register("name")}
          label="Credential Name"
          required
          autoComplete="off"
          defaultValue={typed.name}
          error={errorOf("name")}
        />
        <Field
          {...register("description")}
          label="Credential Description"
          optional
          autoComplete="off"
          defaultValue={typed.description}
          error={errorOf("description")}
          hint="What it is for, and how fresh the data behind it is. Recommended."
        />
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
