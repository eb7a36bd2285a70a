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
  /** What the action is to be done to. */
  fields?: Readonly<Record<string, string>>;
  children: ReactNode;
  /** Whom or what it is done to, for a screen reader, where several such buttons stand on a page. */
  whom?: string;
  look?: ButtonLook;
};

/** One change at the press of one button; what stands in its way is said beneath. */
export function ActionButton({ action, fields = {}, children, whom, look = "secondary" }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  return (
    <form {...formProps} className="flex flex-col items-start gap-3">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {/* Below what it belongs to, words without a frame stand at the same edge. */}
      <SubmitButton look={look} pending={pending} className={look === "quiet" ? "max-sm:-ml-4" : ""}>
        {children}
        {whom && <span className="sr-only"> {whom}</span>}
      </SubmitButton>
      {error && <RefusalNotice error={whole(error)} />}
    </form>
  );
}

// There is no field that one could mend, so what is said of one is said of the whole.
function whole({ code, message, fieldErrors = {} }: Refusal): Refusal {
  const [ofField] = Object.values(fieldErrors);
  return { code, message: ofField ?? message };
}
