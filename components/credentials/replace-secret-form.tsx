"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { RehearsalRegion } from "@/components/rehearsals/rehearsal-region";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { defaultKind } from "@/lib/connectors/kinds";
import { newSecretFormSchemaOf } from "@/lib/credentials/form-schema";
import type { ChangeableCredential } from "@/lib/credentials/types";
import { credentialPath } from "@/lib/paths";
import type { NotReplaced } from "@/lib/rehearsals/types";
import { checkedFields, SecretForm } from "./secret-form";

type Props = {
  action: FormAction<unknown, NotReplaced>;
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
  const { error, pending } = form;
  const rehearsal = error?.detail?.rehearsal ?? null;
  const isOutdated = form.isOutdated(checkedFields(error?.detail?.check ?? null));
  const token = pending || isOutdated ? null : (rehearsal?.token ?? null);
  return (
    <SecretForm
      form={form}
      kind={kind}
      failed={error?.detail?.check ?? null}
      notice={
        rehearsal && (
          <RehearsalRegion rehearsal={rehearsal} title="Not replaced yet">
            {rehearsal.token === null ? (
              <p>Save without checking replaces the secret all the same.</p>
            ) : (
              <p>
                The new secret signs in. Press Replace anyway to store it, or leave this page to keep the old
                one. <noscript>Type the password or key again first.</noscript>
              </p>
            )}
          </RehearsalRegion>
        )
      }
      button={
        token !== null && (
          <>
            {error?.detail?.pastProxyToken && (
              <input type="hidden" name="pastProxyToken" value={error.detail.pastProxyToken} />
            )}
            <SubmitButton look="secondary" pending={pending} name="rehearsalToken" value={token}>
              Replace anyway
            </SubmitButton>
          </>
        )
      }
      beginsWithAddress
      leaveTo={credentialPath(credentialId)}
      below={<KeepPrevious isOn={form.typed.keepPrevious !== ""} />}
    >
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

/** Whether the replaced secret is kept; on, unless a response without script brings back that it was switched off. */
function KeepPrevious({ isOn }: { isOn: boolean }) {
  return (
    <div>
      <label className="flex min-h-9 items-start gap-2.5 py-1.5">
        <input
          type="checkbox"
          name="keepPrevious"
          defaultChecked={isOn}
          aria-describedby="keep-previous-about"
          className="mt-0.75 size-4 shrink-0 accent-accent"
        />
        <span className="text-sm font-medium">Keep the previous secret for 7 days, to switch back</span>
      </label>
      <p id="keep-previous-about" className="text-sm text-muted sm:pl-6.5">
        Turn it off if the old one has leaked. It is kept only for the same server, also if you save without
        checking.
      </p>
    </div>
  );
}
