import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { LengthTold } from "./length-told";

/** What every labelled field can say about itself. */
export type FieldWords = {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Says that the field may stay empty; a required field says nothing. */
  optional?: boolean | undefined;
  /** How many characters it takes: told while somebody types, before the form is sent. */
  limit?: number | undefined;
};

type Props = FieldWords & {
  /**
   * Something that happened to the field's content by itself, such as a normalized address. Takes the hint's place, so
   * that nothing below moves away from a pointer that is just pressing it.
   */
  notice?: ReactNode;
  className?: string | undefined;
  /** The control itself, which takes what ties it to the words and the look that all controls share. */
  children: (control: ControlProps) => ReactNode;
};

type ControlProps = {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
  className: string;
};

/** A control with its label above and its error, notice and hint below; all belong to it for a screen reader too. */
export function FieldFrame({
  name,
  label,
  hint,
  error,
  notice,
  optional,
  limit,
  className,
  children,
}: Props) {
  const id = `field-${name}`;
  const describedBy = classNames(
    error && `${id}-error`,
    Boolean(notice) && `${id}-notice`,
    Boolean(hint) && !notice && `${id}-hint`,
  );
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1.5", className)}>
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
      {children({
        id,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": describedBy || undefined,
        className: classNames(
          "w-full rounded-lg border bg-surface px-3 py-2 text-ink shadow-rest transition-colors placeholder:text-muted/80",
          error ? "border-bad" : "border-line-strong/60 hover:border-line-strong",
        ),
      })}
      {limit !== undefined && <LengthTold limit={limit} />}
      {error && (
        <p id={`${id}-error`} className="text-sm break-words text-bad">
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
