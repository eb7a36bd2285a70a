"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import type { FormAction } from "@/lib/action-result";
import { defaultKind } from "@/lib/connectors/kinds";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { newSecretFormSchemaOf } from "@/lib/credentials/form-schema";
import type { ChangeableCredential } from "@/lib/credentials/types";
import { SecretForm } from "./secret-form";

type Props = {
  action: FormAction<unknown, FailedCheck>;
  credentialId: string;
  /** Null once the session has ended: what was typed is shown all the same. */
  credential: ChangeableCredential | null;
};

/** A new secret for a credential; the server's address may change with it, and never without it. */
export function ReplaceSecretForm({ action, credentialId, credential }: Props) {
  const kind = credential?.kind ?? defaultKind;
  const form = useActionForm(action, {
    schema: newSecretFormSchemaOf(kind),
    start: { baseUrl: credential?.baseUrl ?? "", username: credential?.username ?? "" },
    secrets: ["password"],
  });
  return (
    <SecretForm form={form} kind={kind} beginsWithAddress>
      <input type="hidden" name="credentialId" value={credentialId} />
      {/* The version that the form was opened for, also on a page that is made anew without script. */}
      <input
        type="hidden"
        name="secretVersion"
        value={form.typed.secretVersion ?? credential?.secretVersion}
      />
    </SecretForm>
  );
}
