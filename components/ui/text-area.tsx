import type { TextareaHTMLAttributes } from "react";
import { classNames } from "./class-names";

type Props = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "id"> & {
  name: string;
  label: string;
  error?: string | undefined;
};

/** A labelled field for several lines; the error belongs to it for a screen reader too. */
export function TextArea({ label, error, className, ...input }: Props) {
  const id = `field-${input.name}`;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
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
    </div>
  );
}
