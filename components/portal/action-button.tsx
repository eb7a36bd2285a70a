"use client";

import type { ReactNode } from "react";
import { useButtonForm } from "@/components/forms/use-button-form";
import type { ButtonLook } from "@/components/ui/buttons";
import { Question } from "@/components/ui/question";
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
  /** What is asked before the action runs; null if nothing is to be asked. */
  question?: Asked | null;
};

type Asked = {
  readonly title: string;
  readonly text: ReactNode;
  readonly answer: string;
  readonly keep?: string;
};

/** A button that runs one action, after a question if there is one; an error is shown below the button. */
export function ActionButton({ action, fields = {}, children, whom, look = "secondary", question }: Props) {
  const { error, pending, formProps } = useButtonForm(action);
  // Quiet buttons have no border, so on narrow screens this aligns their text with the rest.
  const className = look === "quiet" ? "max-sm:-ml-4" : "";
  const press = (
    <>
      {children}
      {whom && <span className="sr-only"> {whom}</span>}
    </>
  );
  return (
    <form {...formProps} className="flex flex-col items-start gap-3">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {question ? (
        <Question
          asks={press}
          title={question.title}
          answer={question.answer}
          keep={question.keep ?? "Keep"}
          {...{ look, className, pending }}
        >
          {question.text}
        </Question>
      ) : (
        <SubmitButton {...{ look, className, pending }}>{press}</SubmitButton>
      )}
      {error && <RefusalNotice error={whole(error)} />}
    </form>
  );
}

// The form has no visible field, so field errors are shown for the whole form.
function whole({ code, message, fieldErrors = {} }: Refusal): Refusal {
  const [ofField] = Object.values(fieldErrors);
  return { code, message: ofField ?? message };
}
