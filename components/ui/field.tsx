import type { InputHTMLAttributes, ReactNode, RefAttributes } from "react";
import { classNames } from "./class-names";
import { FieldFrame, type FieldWords } from "./field-frame";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "id"> &
  RefAttributes<HTMLInputElement> &
  FieldWords & {
    /** Something that happened to the field's content by itself; it takes the hint's place. */
    notice?: ReactNode;
  };

/** A labelled text field. */
export function Field({ label, hint, error, notice, optional, limit, className, ...input }: Props) {
  return (
    <FieldFrame {...{ name: input.name, label, hint, error, notice, optional, limit, className }}>
      {(control) => <input {...input} {...control} className={classNames(control.className, "min-h-10")} />}
    </FieldFrame>
  );
}
