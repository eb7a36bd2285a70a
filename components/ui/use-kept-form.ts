"use client";

import { type FormEvent, startTransition, useActionState, useEffect, useRef } from "react";
import type { ActionResult, FormAction } from "@/lib/action-result";

/**
 * Binds a form to its server action. With script, the fields keep what was typed when the action refuses (React would
 * empty them after a form action), and the first field with a complaint gets the focus; without script, the form posts
 * itself to the same action.
 */
export function useKeptForm<Data, Detail>(action: FormAction<Data, Detail>) {
  const [result, formAction, pending] = useActionState<ActionResult<Data, Detail> | null, FormData>(
    action,
    null,
  );
  const formRef = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (result?.ok !== false) return;
    formRef.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [result]);

  /** Sends the form as it stands; `submitter` is the pressed button, whose name and value go along. */
  function send(form: HTMLFormElement, submitter: HTMLElement | null): void {
    if (pending) return;
    const data = new FormData(form, submitter);
    startTransition(() => formAction(data));
  }

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent; // A submit event is what a form sends; React types it as Event.
    send(event.currentTarget, submitter);
  }

  return { result, pending, send, formProps: { ref: formRef, action: formAction, onSubmit } };
}
