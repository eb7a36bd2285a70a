"use client";

import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useActionState, useEffect, useRef, useState, useTransition } from "react";
import type { ActionResult, FormAction } from "@/lib/action-result";

/**
 * Binds a form to its server action. With script, the fields keep what was typed when the action refuses (React would
 * empty them after a form action) and when no answer comes at all, and the first field with a complaint gets the focus;
 * without script, the form posts itself to the same action.
 */
export function useKeptForm<Data, Detail>(action: FormAction<Data, Detail>) {
  const [posted, formAction] = useActionState<ActionResult<Data, Detail> | null, FormData>(action, null);
  const [sent, setSent] = useState<ActionResult<Data, Detail> | null>(null);
  const [pending, startTransition] = useTransition();
  const formRef = useRef<HTMLFormElement>(null);
  const result = sent ?? posted;

  useEffect(() => {
    if (result?.ok !== false) return;
    formRef.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [result]);

  /** Sends the form as it stands; `submitter` is the pressed button, whose name and value go along. */
  function send(form: HTMLFormElement, submitter: HTMLElement | null): void {
    if (pending) return;
    const data = new FormData(form, submitter);
    startTransition(async () => {
      const answer = await answerOf(action, data);
      startTransition(() => setSent(answer));
    });
  }

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent; // A submit event is what a form sends; React types it as Event.
    send(event.currentTarget, submitter);
  }

  return { result, pending, send, formProps: { ref: formRef, action: formAction, onSubmit } };
}

async function answerOf<Data, Detail>(
  action: FormAction<Data, Detail>,
  data: FormData,
): Promise<ActionResult<Data, Detail>> {
  try {
    return await action(null, data);
  } catch (error) {
    // A redirect after a success travels as an exception too.
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
