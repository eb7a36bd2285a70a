"use client";

import { type RefAttributes, type TextareaHTMLAttributes, useSyncExternalStore } from "react";
import { classNames } from "./class-names";
import { FieldFrame, type FieldWords } from "./field-frame";

type Props = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "id"> &
  RefAttributes<HTMLTextAreaElement> &
  FieldWords;

/** A labelled field for several lines. */
export function TextArea({ label, hint, error, optional, limit, className, ...input }: Props) {
  const typedBefore = useTypedBefore(input.name);
  return (
    <FieldFrame {...{ label, hint, error, optional, limit }}>
      {(control) => (
        <textarea
          {...input}
          {...control}
          defaultValue={typedBefore ?? input.defaultValue}
          className={classNames(control.className, className)}
        />
      )}
    </FieldFrame>
  );
}

/**
 * The text in the field when React takes over the server's page, else null. Unlike other fields, React writes a text
 * area's default value into it then, over text typed before the scripts loaded.
 */
function useTypedBefore(name: string): string | null {
  const isTakingOver = useSyncExternalStore(
    neverChanges,
    () => false,
    () => true,
  );
  if (!isTakingOver || typeof document === "undefined") return null;
  return document.querySelector<HTMLTextAreaElement>(`textarea[name="${name}"]`)?.value ?? null;
}

const neverChanges = () => () => undefined;
