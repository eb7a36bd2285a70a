"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Icon } from "@/components/ui/icon";
import { type ButtonLook, buttonStyle } from "./buttons";

type Props = {
  children: ReactNode;
  look?: ButtonLook;
  /** Shown while the form is being sent; the button stays focusable, so focus is not lost. */
  pendingLabel?: string;
  /** For forms sent by script, for which React's form status reports nothing. */
  pending?: boolean;
  name?: string;
  value?: string;
  /** The id of the text that describes the button. */
  describedBy?: string;
  className?: string;
};

/** Submits its form once: further presses do nothing while the form is being sent. */
export function SubmitButton({
  children,
  look = "primary",
  pendingLabel,
  pending,
  name,
  value,
  describedBy,
  className,
}: Props) {
  const status = useFormStatus();
  const busy = pending ?? status.pending;
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-disabled={busy}
      aria-describedby={describedBy}
      onClick={(event) => {
        if (busy) event.preventDefault();
      }}
      className={buttonStyle(look, className)}
    >
      {busy && <Icon name="loader-circle" className="size-4 motion-safe:animate-spin" />}
      {busy && pendingLabel ? pendingLabel : children}
    </button>
  );
}
