"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useActionState, useEffect, useRef, useState, useTransition } from "react";
import { type FieldValues, type Resolver, type UseFormRegisterReturn, useForm } from "react-hook-form";
import type { z } from "zod";
import type { ActionResult, FormAction } from "@/lib/action-result";

type Answer<Data, Detail> = { readonly result: ActionResult<Data, Detail> | null; readonly at: number };

type Options<Typed extends FieldValues> = {
  /** What the browser judges before anything is sent; the action judges all that it gets by a schema of its own. */
  schema: z.ZodType<unknown, Typed>;
  /** What the visible fields begin with; after a refusal, what was typed stands there instead. */
  start: { readonly [Name in keyof Typed]?: string | undefined };
  /** The visible fields that hold a secret: they begin empty, whatever an action gives back. */
  secrets?: readonly (keyof Typed & string)[];
};

type BoundField = UseFormRegisterReturn & { readonly error: string | undefined };

/** What ties a visible field to its form. */
export type FieldBinding = BoundField & { readonly defaultValue: string | undefined };

/** A form with fields of these names, as components around and inside it see it. */
export type ActionForm<Data, Detail, Name extends string> = Omit<ButtonForm<Data, Detail>, "send"> & {
  /** Why the action did nothing, where no visible field tells it. */
  readonly wholeError: ButtonForm<Data, Detail>["error"];
  /** What the action gave back of what was typed, hidden fields too; never a secret. */
  readonly typed: Readonly<Record<string, string>>;
  readonly field: (name: Name) => FieldBinding;
  /** For the field of a secret: never with a value. */
  readonly secret: (name: Name) => BoundField;
  /** What stands in a field now. */
  readonly textOf: (name: Name) => string;
  /** Puts a text into a field. */
  readonly fillIn: (name: Name, text: string) => void;
  readonly focus: (name: Name) => void;
};

/** What `useButtonForm` gives. */
export type ButtonForm<Data, Detail> = ReturnType<typeof useButtonForm<Data, Detail>>;

/** One of several forms that share an action. */
export type BoundForm = Pick<ButtonForm<unknown, never>, "pending" | "formProps">;

/**
 * A form without fields to judge, such as one button; several forms may share one. With script the page stays as it is when
 * the action refuses or no answer comes, and the first complaint gets the focus; without script the form posts itself to
 * the same action.
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

  /** Sends the form as it stands; `submitter` is the pressed button, whose name and value go along. */
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
    /** When the answer came: the later of two is the one to tell. */
    answeredAt: sent.at,
    /** Why the action did nothing; null before it is asked and after it succeeded. */
    error: result?.ok === false ? result.error : null,
    pending,
    send,
    formProps: { ref: formRef, action: formAction, onSubmit, noValidate: true },
  };
}

/** What came last of several forms; without script one of them alone was posted, so one alone has an answer. */
export function newestResult<Data, Detail>(forms: readonly ButtonForm<Data, Detail>[]) {
  const answered = forms.filter(({ result }) => result !== null);
  return answered.sort((one, other) => other.answeredAt - one.answeredAt)[0]?.result ?? null;
}

/**
 * A form with fields, for one action. Its fields keep what was typed: before the page's scripts came, after a refusal, and
 * on the page that a post without script makes anew; a secret field keeps nothing there. A complaint stands at its field,
 * the first one takes the focus, and what no field can tell is told once for the whole form: `wholeError`.
 */
export function useActionForm<Data, Detail, Typed extends FieldValues>(
  action: FormAction<Data, Detail>,
  { schema, start, secrets = [] }: Options<Typed>,
): ActionForm<Data, Detail, keyof Typed & string> {
  const { send, formProps, ...sending } = useButtonForm(action);
  const { result, error } = sending;
  const typed: Readonly<Record<string, string>> = result?.ok === false ? result.typed : {};
  const refused = error?.fieldErrors ?? {};
  // No default values: react-hook-form would write them over what was typed before the scripts came.
  const form = useForm<FieldValues, unknown, unknown>({
    resolver: judgeAsSent(schema, () => formProps.ref.current),
  });
  const visible: readonly string[] = [...Object.keys(start), ...secrets];

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    const element = event.currentTarget;
    const submitter = submitterOf(event);
    void form.handleSubmit(() => send(element, submitter))(event);
  }

  function bind(name: string): BoundField {
    const judged = form.getFieldState(name, form.formState).error;
    return { ...form.register(name), error: judged?.message ?? refused[name] };
  }

  function textOf(name: keyof Typed & string): string {
    form.watch(name);
    const text: unknown = form.getValues(name);
    return typeof text === "string" ? text : (typed[name] ?? start[name] ?? "");
  }

  return {
    ...sending,
    wholeError: visible.some((name) => refused[name]) ? null : error,
    typed,
    field: (name) => ({ ...bind(name), defaultValue: typed[name] ?? start[name] }),
    secret: bind,
    textOf,
    fillIn: (name: string, text) => form.setValue(name, text),
    focus: (name) => form.setFocus(name),
    formProps: { ...formProps, onSubmit },
  };
}

/** Judges a form as it would be sent: a browser may fill in a field without telling, and a disabled field is not sent. */
function judgeAsSent<Typed extends FieldValues>(
  schema: z.ZodType<unknown, Typed>,
  findForm: () => HTMLFormElement | null,
): Resolver<FieldValues, unknown, unknown> {
  const judge = zodResolver<FieldValues, unknown, unknown>(schema);
  return (values, context, options) => {
    const form = findForm();
    return judge(form ? Object.fromEntries(new FormData(form)) : values, context, options);
  };
}

function submitterOf(event: FormEvent<HTMLFormElement>): HTMLElement | null {
  return (event.nativeEvent as SubmitEvent).submitter; // A submit event is what a form sends; React types it as Event.
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
