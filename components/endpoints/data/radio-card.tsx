import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

type Props = {
  name: string;
  value: string;
  label: string;
  checked: boolean;
  disabled?: boolean;
  describedBy?: string | undefined;
  /** The first of a group with an error takes the focus. */
  takesFocus?: boolean;
  /** What describes it, below the label. */
  children?: ReactNode;
};

/** A radio button on a card. Its accessible name is the label alone; the rest describes it. */
export function RadioCard(props: Props) {
  const { name, value, label, checked, disabled, describedBy, takesFocus, children } = props;
  const id = `${name}-${value}`;
  return (
    <label
      htmlFor={id}
      className={classNames(
        "flex min-h-11 gap-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-rest transition-colors has-checked:border-accent has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
        disabled ? "cursor-not-allowed bg-sunken" : "cursor-pointer hover:border-line-strong",
      )}
    >
      <input
        type="radio"
        name={name}
        value={value}
        id={id}
        defaultChecked={checked}
        disabled={disabled}
        // biome-ignore lint/a11y/noAutofocus: only where the group has an error
        autoFocus={takesFocus}
        aria-labelledby={`${id}-label`}
        aria-describedby={classNames(children ? `${id}-about` : false, describedBy) || undefined}
        className="mt-0.75 size-4 shrink-0 accent-accent outline-none"
      />
      <span className="flex min-w-0 flex-col gap-0.5">
        <span id={`${id}-label`} className={classNames("font-medium", disabled && "text-muted")}>
          {label}
        </span>
        {children && (
          <span id={`${id}-about`} className="flex flex-col gap-0.5 text-sm text-muted">
            {children}
          </span>
        )}
      </span>
    </label>
  );
}
