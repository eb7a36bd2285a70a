"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { ButtonLink } from "@/components/ui/buttons";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { policyFormSchema } from "@/lib/sign-in-policy/form-schema";
import type { EditablePolicy } from "@/lib/sign-in-policy/types";

type Props = {
  action: FormAction<unknown>;
  /** Null for all servers. */
  server: string | null;
  policy: EditablePolicy;
  /** Where Cancel leads. */
  leaveTo: string;
};

/** The rules for signing in to one server, or to all. */
export function PolicyForm({ action, server, policy, leaveTo }: Props) {
  const { passwords, keysMustEnd, longestDays, version } = policy;
  const { wholeError, pending, field, formProps } = useActionForm(action, {
    schema: policyFormSchema,
    start: { passwords, keysMustEnd, longestDays: longestDays === null ? "" : String(longestDays) },
  });
  return (
    <form {...formProps} className="flex flex-col gap-5">
      <input type="hidden" name="server" value={server ?? ""} />
      <input type="hidden" name="version" value={version} />
      {wholeError && <RefusalNotice error={wholeError} />}
      <Select {...field("passwords")} label="Passwords" className="w-full sm:max-w-sm">
        <option value="allow">Allow</option>
        <option value="warn">Warn</option>
        <option value="refuse">Refuse</option>
      </Select>
      <Select
        {...field("keysMustEnd")}
        label="API keys must end"
        hint="A key is refused only if its server tells that it lasts too long. Many servers do not tell the end: then Save warns, until a user enters the key's last day."
        className="w-full sm:max-w-sm"
      >
        <option value="no">No</option>
        <option value="warn">Yes: warn</option>
        <option value="refuse">Yes: refuse</option>
      </Select>
      <Field
        {...field("longestDays")}
        label="Longest life of an API key, in days"
        optional
        inputMode="numeric"
        autoComplete="off"
        hint="From Save to the key's end, as strictly as chosen above. Empty: any life."
        className="w-full sm:max-w-sm"
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton pending={pending} pendingLabel="Saving…">
          Save policy
        </SubmitButton>
        <ButtonLink href={leaveTo} look="quiet">
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
