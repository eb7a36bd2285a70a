import type { ReactNode, RefAttributes, SelectHTMLAttributes } from "react";
import { classNames } from "./class-names";
import { FieldFrame, type FieldWords } from "./field-frame";

type Props = Omit<SelectHTMLAttributes<HTMLSelectElement>, "id"> &
  RefAttributes<HTMLSelectElement> &
  Omit<FieldWords, "optional"> & {
    /** The options. */
    children: ReactNode;
  };

/** A labelled native select: it works by touch, by keyboard and without script. */
export function Select({ label, hint, error, className, children, ...select }: Props) {
  return (
    <FieldFrame {...{ label, hint, error, className }}>
      {(control) => (
        <select {...select} {...control} className={classNames(control.className, "min-h-10")}>
          {children}
        </select>
      )}
    </FieldFrame>
  );
}
