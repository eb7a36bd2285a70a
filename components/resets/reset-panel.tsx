"use client";

import { useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Section } from "@/components/ui/card";
import { OneTimeLink } from "@/components/ui/one-time-link";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import type { NewReset, Reset } from "@/lib/password-resets/types";
import type { User } from "@/lib/users/types";
import { ResetList } from "./reset-list";

type Props = {
  user: Pick<User, "id" | "name" | "role" | "disabledAt">;
  resets: readonly Reset[];
  make: FormAction<NewReset>;
  revoke: FormAction<unknown>;
};

/** How a portal administrator helps a user who forgot their password, and who is notified of it. */
export function ResetPanel({ user, resets, make, revoke }: Props) {
  const { result, error, pending, formProps } = useButtonForm(make);
  return (
    <Section title="Forgotten password">
      <p className="max-w-2xl text-sm text-muted">
        A link sets a new password once, within 24 hours, and ends all sessions. {user.name} is told who made
        it, and when it is used the owners of their teams are told too
        {user.role === "administrator" && "; all other portal administrators are told at once"}.
      </p>
      {user.disabledAt ? (
        <p className="text-sm">The account is disabled. Enable it first.</p>
      ) : (
        <form {...formProps} className="flex flex-col items-start gap-4">
          <input type="hidden" name="userId" value={user.id} />
          {error && <RefusalNotice error={error} />}
          <SubmitButton look="secondary" pending={pending} pendingLabel="Making the link…">
            Make password reset link
          </SubmitButton>
          {result?.ok && <OneTimeLink link={result.data.link} label="Password reset link" />}
        </form>
      )}
      {resets.length > 0 && (
        <div className="flex flex-col gap-3 border-t border-line pt-5">
          <h3 className="text-sm font-medium">Links made before</h3>
          <ResetList resets={resets} revoke={revoke} />
        </div>
      )}
    </Section>
  );
}
