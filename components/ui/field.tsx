import type { ComponentProps, InputHTMLAttributes, ReactNode, RefAttributes } from "react";
import { classNames } from "./class-names";
import { FieldFrame, type FieldWords } from "./field-frame";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "id"> &
  RefAttributes<HTMLInputElement> &
  FieldWords & {
    /** A change of the field's text without typing; it replaces the hint. */
    notice?: ReactNode;
    /** The first field of its page takes the focus, unless another field has an error. */
    takesFocus?: boolean;
    /** A small button at the field's end. */
    inside?: ReactNode;
  };

/** A labelled text field. */
export function Field({
  label,
  hint,
  error,
  notice,
  optional,
  limit,
  takesFocus,
  inside,
  className,
  ...input
}: Props) {
  return (
    <FieldFrame {...{ label, hint, error, notice, optional, limit, className }}>
      {(control) => (
        <span className="relative block">
          <input
            {...input}
            {...control}
            // biome-ignore lint/a11y/noAutofocus: a page's form only; without script, the first field with an error
            autoFocus={takesFocus || Boolean(error)}
            className={classNames(control.className, "min-h-10", Boolean(inside) && "pr-28")}
          />
          {inside && <span className="absolute inset-y-0 right-1 flex items-center">{inside}</span>}
        </span>
      )}
    </FieldFrame>
  );
}

/**
 * A field for an email address. Its type is text, because browsers refuse non-ASCII letters in `type="email"`, which
 * are valid; phones still show the email keyboard.
 */
export function EmailField(props: Omit<ComponentProps<typeof Field>, "type" | "inputMode">) {
  return <Field {...props} type="text" inputMode="email" autoCapitalize="none" spellCheck={false} />;
}
