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
  /** Null once the session has ended: the form then shows only the typed values. */
  credential: ChangeableCredential | null;
};

/** A new secret for a credential. Changing the server's address requires a new secret. */
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
      {/* The version that the user opened; it stays when a response without script makes the page anew. */}
      <input
        type="hidden"
        name="secretVersion"
        value={form.typed.secretVersion ?? credential?.secretVersion}
      />
    </SecretForm>
  );
}
