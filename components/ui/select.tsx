import type { ReactNode, RefAttributes, SelectHTMLAttributes } from "react";
import { classNames } from "./class-names";

type Props = Omit<SelectHTMLAttributes<HTMLSelectElement>, "id"> &
  RefAttributes<HTMLSelectElement> & {
    name: string;
    label: string;
    hint?: ReactNode;
    error?: string | undefined;
    /** The options. */
    children: ReactNode;
  };

/** A labelled choice of one from a list: the platform's own, so it works by touch, by keyboard and without script. */
export function Select({ label, hint, error, className, children, ...select }: Props) {
  const id = `field-${select.name}`;
  const describedBy = classNames(error && `${id}-error`, Boolean(hint) && `${id}-hint`);
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        {...select}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        className={classNames(
          "min-h-10 w-full rounded-lg border bg-surface px-3 py-2 text-ink shadow-rest transition-colors",
          error ? "border-bad" : "border-line-strong/60 hover:border-line-strong",
        )}
      >
        {children}
      </select>
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
