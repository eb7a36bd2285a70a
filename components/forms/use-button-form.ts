"use client";

import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useActionState, useEffect, useRef, useState, useTransition } from "react";
import type { ActionResult, FormAction } from "@/lib/action-result";

type Answer<Data, Detail> = { readonly result: ActionResult<Data, Detail> | null; readonly at: number };

/** The result of `useButtonForm`. */
export type ButtonForm<Data, Detail> = ReturnType<typeof useButtonForm<Data, Detail>>;

/** One of several forms that share an action. */
export type BoundForm = Pick<ButtonForm<unknown, never>, "pending" | "formProps">;

/**
 * A form without fields to validate, such as a single button. With script, a failed submit keeps the page and focuses
 * the first error; without script the form posts to the same action.
 */
export function useButtonForm<Data, Detail>(action: FormAction<Data, Detail>) {
  const [posted, formAction] = useActionState<ActionResult<Data, Detail> | null, FormData>(action, null);
  const [sent, setSent] = useState<Answer<Data, Detail>>({ result: null, at: 0 });
  const [pending, startTransition] = useTransition();
  const formRef = useRef<HTMLFormElement>(null);
  const result = sent.result ?? posted;

  useEffect(() => {
    if (result?.ok !== false) return;
    formRef.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [result]);

  /** Submits the form; `submitter` is the pressed button, whose name and value are sent too. */
  function send(form: HTMLFormElement, submitter: HTMLElement | null): void {
    if (pending) return;
    const data = new FormData(form, submitter);
    startTransition(async () => {
      const answer = await answerOf(action, data);
      startTransition(() => setSent({ result: answer, at: performance.now() }));
    });
  }

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    send(event.currentTarget, submitterOf(event));
  }

  return {
    result,
    /** When the answer came, to find the newest among several forms. */
    answeredAt: sent.at,
    /** Why the action failed; null before it runs and after it succeeded. */
    error: result?.ok === false ? result.error : null,
    pending,
    send,
    formProps: { ref: formRef, action: formAction, onSubmit, noValidate: true },
  };
}

/** The newest answer of several forms; without script only the posted form has one. */
export function newestResult<Data, Detail>(forms: readonly ButtonForm<Data, Detail>[]) {
  const answered = forms.filter(({ result }) => result !== null);
  return answered.sort((one, other) => other.answeredAt - one.answeredAt)[0]?.result ?? null;
}

/** The pressed button of a submitted form, whose name and value are sent too. */
export function submitterOf(event: FormEvent<HTMLFormElement>): HTMLElement | null {
  return (event.nativeEvent as SubmitEvent).submitter; // A form only sends submit events; React types them as Event.
}

async function answerOf<Data, Detail>(
  action: FormAction<Data, Detail>,
  data: FormData,
): Promise<ActionResult<Data, Detail>> {
  try {
    return await action(null, data);
  } catch (error) {
    // Next signals a redirect after a success by an exception.
    unstable_rethrow(error);
    return {
      ok: false,
      error: {
        code: "INTERNAL",
        message: "The portal could not be reached, so it is not known whether this was saved. Try again.",
        fieldErrors: {},
        requestId: "",
      },
      typed: {},
    };
  }
}
