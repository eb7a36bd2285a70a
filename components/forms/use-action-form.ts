"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type FormEvent, useState } from "react";
import { type FieldValues, type Resolver, type UseFormRegisterReturn, useForm } from "react-hook-form";
import type { z } from "zod";
import type { FormAction } from "@/lib/action-result";
import { type ButtonForm, submitterOf, useButtonForm } from "./use-button-form";

type Options<Typed extends FieldValues> = {
  /** Checked in the browser before the form is sent; the action checks its input with a schema of its own. */
  schema: z.ZodType<unknown, Typed>;
  /** Initial values of the visible fields; after a refusal the typed values replace them. */
  start: { readonly [Name in keyof Typed]?: string | undefined };
  /** Visible fields that hold a secret: always initially empty, even if an action returns a value. */
  secrets?: readonly (keyof Typed & string)[];
};

/** The fields that were changed since an answer, and `judged` if the form was refused here since then. */
type Changed = { readonly since: unknown; readonly names: ReadonlySet<string> };

type BoundField = UseFormRegisterReturn & { readonly error: string | undefined };

/** The props that connect a visible field to its form. */
export type FieldBinding = BoundField & { readonly defaultValue: string | undefined };

// No field has this name.
const judged = " judged";

/** A form with fields of these names, for the components around and inside it. */
export type ActionForm<Data, Detail, Name extends string> = Omit<
  ButtonForm<Data, Detail>,
  "send" | "formProps"
> & {
  readonly formProps: ButtonForm<Data, Detail>["formProps"] & {
    readonly onInput: (event: FormEvent<HTMLFormElement>) => void;
  };
  /** Why the action failed, if no visible field shows the reason. */
  readonly wholeError: ButtonForm<Data, Detail>["error"];
  /** The typed values that the action returned, hidden fields included; never a secret. */
  readonly typed: Readonly<Record<string, string>>;
  readonly field: (name: Name) => FieldBinding;
  /** The props of a secret field: never with a value. */
  readonly secret: (name: Name) => BoundField;
  /** The text now in a field. */
  readonly textOf: (name: Name) => string;
  /** Puts a text into a field. */
  readonly fillIn: (name: Name, text: string) => void;
  readonly focus: (name: Name) => void;
  /** Notes that a field was changed otherwise than by typing. */
  readonly noteChange: (name: Name) => void;
  /** True if the latest answer is about other input: one of these fields was changed since, or the form was refused here. */
  readonly isOutdated: (names: readonly Name[]) => boolean;
};

/**
 * A form with fields, for one action. It keeps typed text, except secrets, through late scripts, refusals and no-script
 * posts. An error is shown at its field, the first error takes the focus, and `wholeError` holds the rest.
 */
export function useActionForm<Data, Detail, Typed extends FieldValues>(
  action: FormAction<Data, Detail>,
  { schema, start, secrets = [] }: Options<Typed>,
): ActionForm<Data, Detail, keyof Typed & string> {
  const { send, formProps, ...sending } = useButtonForm(action);
  const { result, error } = sending;
  const typed: Readonly<Record<string, string>> = result?.ok === false ? result.typed : {};
  const [changed, setChanged] = useState<Changed>({ since: null, names: new Set() });
  // What was refused has been changed since: the next answer will say whether it is right now.
  const isChanged = (name: string) => changed.since === result && changed.names.has(name);
  const refused = Object.fromEntries(
    Object.entries(error?.fieldErrors ?? {}).filter(([name]) => !isChanged(name)),
  );
  // No default values: react-hook-form would overwrite text typed before the scripts loaded.
  const form = useForm<FieldValues, unknown, unknown>({
    resolver: judgeAsSent(schema, () => formProps.ref.current),
  });
  const visible: readonly string[] = [...Object.keys(start), ...secrets];

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    const element = event.currentTarget;
    const submitter = submitterOf(event);
    void form.handleSubmit(
      () => send(element, submitter),
      () => note(judged),
    )(event);
  }

  function onInput({ target }: FormEvent<HTMLFormElement>): void {
    const isField =
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement;
    if (isField && visible.includes(target.name)) note(target.name);
  }

  function note(name: string): void {
    if (result === null || isChanged(name)) return;
    const before = changed.since === result ? changed.names : [];
    setChanged({ since: result, names: new Set([...before, name]) });
  }

  function bind(name: string): BoundField {
    const found = form.getFieldState(name, form.formState).error;
    return { ...form.register(name), error: found?.message ?? refused[name] };
  }

  function textOf(name: keyof Typed & string): string {
    form.watch(name);
    const text: unknown = form.getValues(name);
    return typeof text === "string" ? text : (typed[name] ?? start[name] ?? "");
  }

  return {
    ...sending,
    wholeError: visible.some((name) => error?.fieldErrors[name]) ? null : error,
    typed,
    field: (name) => ({ ...bind(name), defaultValue: typed[name] ?? start[name] }),
    secret: bind,
    textOf,
    fillIn: (name: string, text) => form.setValue(name, text),
    focus: (name) => form.setFocus(name),
    noteChange: note,
    isOutdated: (names) => [...names, judged].some(isChanged),
    formProps: { ...formProps, onSubmit, onInput },
  };
}

/** Validates a form as it would be sent: browsers fill in fields without an event, and disabled fields are not sent. */
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
