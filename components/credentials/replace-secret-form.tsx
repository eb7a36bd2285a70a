"use client";

import { FormProvider, useForm } from "react-hook-form";
import type { FormAction } from "@/lib/action-result";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { type NewSecretForm, type NewSecretInput, newSecretSchema } from "@/lib/credentials/schema";
import type { ChangeableCredential } from "@/lib/credentials/types";
import { SecretForm } from "./secret-form";
import { secretResolver } from "./secret-resolver";

type Props = {
  action: FormAction<unknown, FailedCheck>;
  credentialId: string;
  /** Null once the session has ended: what was typed is shown all the same. */
  credential: ChangeableCredential | null;
};

/** A new secret for a credential; the server's address may change with it, and never without it. */
export function ReplaceSecretForm({ action, credentialId, credential }: Props) {
  const form = useForm<NewSecretForm, unknown, NewSecretInput>({ resolver: secretResolver(newSecretSchema) });
  const start = { baseUrl: credential?.baseUrl ?? "", username: credential?.username ?? "" };
  return (
    <FormProvider {...form}>
      <SecretForm action={action} start={start} beginsWithAddress>
        {({ typed }) => (
          <>
            <input type="hidden" name="credentialId" value={credentialId} />
            {/* The version that the form was opened for, also on a page that is made anew without script. */}
            <input
              type="hidden"
              name="secretVersion"
              value={typed.secretVersion ?? credential?.secretVersion}
            />
          </>
        )}
      </SecretForm>
    </FormProvider>
  );
}
