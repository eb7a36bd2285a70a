import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";
import { LengthTold } from "./length-told";

/** The texts around every labelled field. */
export type FieldWords = {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Marks the field as optional; a required field has no mark. */
  optional?: boolean | undefined;
  /** The maximum number of characters: shown while the user types, before the form is sent. */
  limit?: number | undefined;
};

type Props = Omit<FieldWords, "name"> & {
  /**
   * A change of the field's text without typing, such as a normalized address. It replaces the hint, so that nothing
   * below moves away from the pointer.
   */
  notice?: ReactNode;
  className?: string | undefined;
  /** The control, which receives the shared look and the attributes that link it to the texts. */
  children: (control: ControlProps) => ReactNode;
};

type ControlProps = {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
  className: string;
};

/** A control with its label above and its error, notice and hint below, all linked to it for screen readers. */
export function FieldFrame({ label, hint, error, notice, optional, limit, className, children }: Props) {
  // Not from the name: an overlay's form stands over a page that may have a field of the same name.
  const id = useId();
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
      {limit !== undefined && !error && <LengthTold limit={limit} />}
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
