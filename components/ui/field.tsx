import type { InputHTMLAttributes, ReactNode, RefAttributes } from "react";
import { classNames } from "./class-names";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "id"> &
  RefAttributes<HTMLInputElement> & {
    name: string;
    label: string;
    hint?: ReactNode;
    error?: string | undefined;
    /**
     * Something that happened to the field's content by itself, such as a mended address. Takes the hint's place, so
     * that nothing below moves away from a pointer that is just pressing it.
     */
    notice?: ReactNode;
    /** Says that the field may stay empty; a required field says nothing. */
    optional?: boolean;
  };

/** A labelled text field; hint and error belong to it for a screen reader too. */
export function Field({ label, hint, error, notice, optional, className, ...input }: Props) {
  const id = `field-${input.name}`;
  const describedBy = classNames(
    error && `${id}-error`,
    Boolean(notice) && `${id}-notice`,
    Boolean(hint) && !notice && `${id}-hint`,
  );
  return (
    <div className={classNames("flex flex-col gap-1.5", className)}>
      <span className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {optional && (
          <span aria-hidden className="text-xs text-muted">
            optional
          </span>
        )}
      </span>
      <input
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        className={classNames(
          "min-h-10 w-full rounded-lg border bg-surface px-3 py-2 text-ink shadow-rest transition-colors placeholder:text-muted/80",
          error ? "border-bad" : "border-line-strong/60 hover:border-line-strong",
        )}
      />
      {error && (
        <p id={`${id}-error`} className="text-sm text-bad">
          {error}
        </p>
      )}
      {notice && (
        <p id={`${id}-notice`} className="text-xs text-warn">
          {notice}
        </p>
      )}
      {hint && !notice && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
