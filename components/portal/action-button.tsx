"use client";

import type { ReactNode } from "react";
import { useButtonForm } from "@/components/forms/use-action-form";
import type { ButtonLook } from "@/components/ui/buttons";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import type { Refusal } from "@/lib/errors";
import { RefusalNotice } from "./refusal-notice";

type Props = {
  action: FormAction<unknown>;
  /** Hidden fields that name the subject of the action. */
  fields?: Readonly<Record<string, string>>;
  children: ReactNode;
  /** The subject, for screen readers, if several such buttons are on a page. */
  whom?: string;
  look?: ButtonLook;
};

/** A button that runs one action; an error is shown below the button. */
export function ActionButton({ action, fields = {}, children, whom, look = "secondary" }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  return (
    <form {...formProps} className="flex flex-col items-start gap-3">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {/* Quiet buttons have no border, so on narrow screens this aligns their text with the rest. */}
      <SubmitButton look={look} pending={pending} className={look === "quiet" ? "max-sm:-ml-4" : ""}>
        {children}
        {whom && <span className="sr-only"> {whom}</span>}
      </SubmitButton>
      {error && <RefusalNotice error={whole(error)} />}
    </form>
  );
}

// The form has no visible field, so field errors are shown for the whole form.
function whole({ code, message, fieldErrors = {} }: Refusal): Refusal {
  const [ofField] = Object.values(fieldErrors);
  return { code, message: ofField ?? message };
}
