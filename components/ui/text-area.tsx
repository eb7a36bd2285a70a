import type { ReactNode, TextareaHTMLAttributes } from "react";
import { classNames } from "./class-names";

type Props = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "id"> & {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Says that the field may stay empty; a required field says nothing. */
  optional?: boolean;
};

/** A labelled field for several lines; hint and error belong to it for a screen reader too. */
export function TextArea({ label, hint, error, optional, className, ...input }: Props) {
  const id = `field-${input.name}`;
  const describedBy = classNames(error && `${id}-error`, Boolean(hint) && `${id}-hint`);
  return (
    <div className="flex flex-col gap-1.5">
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
      <textarea
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        className={classNames(
          "w-full rounded-lg border bg-surface px-3 py-2 text-ink shadow-rest transition-colors placeholder:text-muted/80",
          error ? "border-bad" : "border-line-strong/60 hover:border-line-strong",
          className,
        )}
      />
      {error && (
        <p id={`${id}-error`} className="text-sm text-bad">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
