import type { TextareaHTMLAttributes } from "react";
import { classNames } from "./class-names";
import { FieldFrame, type FieldWords } from "./field-frame";

type Props = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "id"> & FieldWords;

/** A labelled field for several lines. */
export function TextArea({ label, hint, error, optional, className, ...input }: Props) {
  return (
    <FieldFrame {...{ name: input.name, label, hint, error, optional }}>
      {(control) => <textarea {...input} {...control} className={classNames(control.className, className)} />}
    </FieldFrame>
  );
}
