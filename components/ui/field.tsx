import type { ComponentProps, InputHTMLAttributes, ReactNode, RefAttributes } from "react";
import { classNames } from "./class-names";
import { FieldFrame, type FieldWords } from "./field-frame";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "id"> &
  RefAttributes<HTMLInputElement> &
  FieldWords & {
    /** Something that happened to the field's content by itself; it takes the hint's place. */
    notice?: ReactNode;
    /** The first field of its page: typing begins here, unless another field has a complaint. */
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
    <FieldFrame {...{ name: input.name, label, hint, error, notice, optional, limit, className }}>
      {(control) => (
        <span className="relative block">
          <input
            {...input}
            {...control}
            // biome-ignore lint/a11y/noAutofocus: of a page's form only, and without script the first complaint's field
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
 * A field for an email address. Its type is text, since browsers refuse letters of other alphabets in `type="email"`,
 * which are valid; the keyboard of a phone is still the one for addresses.
 */
export function EmailField(props: Omit<ComponentProps<typeof Field>, "type" | "inputMode">) {
  return <Field {...props} type="text" inputMode="email" autoCapitalize="none" spellCheck={false} />;
}
