"use client";

import type { ComponentProps, ReactNode } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import { RefusalNotice } from "./refusal-notice";

type Props = {
  action: FormAction<unknown>;
  /** What the action is about, as hidden fields. */
  fields: Readonly<Record<string, string>>;
  look: ComponentProps<typeof SubmitButton>["look"];
  children: ReactNode;
};

/** A button that does one thing, and says why where it did nothing. */
export function ButtonForm({ action, fields, look = "secondary", children }: Props) {
  const { result, pending, formProps } = useKeptForm(action);
  return (
    <form {...formProps} className="flex flex-col items-start gap-3">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {result?.ok === false && (
        <RefusalNotice
          error={{
            ...result.error,
            message: firstFieldError(result.error.fieldErrors) ?? result.error.message,
          }}
        />
      )}
      <SubmitButton look={look} pending={pending}>
        {children}
      </SubmitButton>
    </form>
  );
}

// There is no field that one could mend, so what is said of one is said of the whole.
function firstFieldError(errors: Readonly<Record<string, string>>): string | undefined {
  return Object.values(errors)[0];
}
