"use client";

import { type ReactNode, useId, useRef } from "react";
import { Icon } from "@/components/ui/icon";
import { type ButtonLook, buttonStyle } from "./buttons";
import { SubmitButton } from "./submit-button";

type Props = {
  /** The words on the button that asks. */
  asks: ReactNode;
  look?: ButtonLook;
  className?: string;
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The words on the button that does it. */
  answer: string;
  keep?: string;
  pending: boolean;
};

/** A button of a form that first asks, in a dialog of its own; the answer submits the form. It needs no script. */
export function Question({
  asks,
  look = "secondary",
  className,
  title,
  children,
  answer,
  keep = "Keep",
  pending,
}: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-disabled={pending}
        className={buttonStyle(look, className)}
      >
        {pending && <Icon name="loader-circle" className="size-4 motion-safe:animate-spin" />}
        {/* One element, so that no gap comes before the ellipsis. */}
        <span>{asks}…</span>
      </button>
      {/* A dialog element takes the focus as it opens: its first button, which is the safe one. */}
      <dialog
        ref={dialog}
        id={id}
        popover="auto"
        role="alertdialog"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        className="m-auto w-[calc(100vw-2rem)] max-w-md rounded-2xl border border-line bg-surface p-6 text-left text-ink shadow-float backdrop:bg-veil"
      >
        <div className="flex flex-col gap-4">
          <h2 id={`${id}-title`} className="text-lg font-semibold break-words">
            {title}
          </h2>
          <div id={`${id}-text`} className="flex flex-col gap-2 text-sm break-words">
            {children}
          </div>
          <div className="flex flex-row-reverse flex-wrap justify-end gap-3">
            <button
              type="button"
              popoverTarget={id}
              popoverTargetAction="hide"
              className={buttonStyle("secondary")}
            >
              {keep}
            </button>
            {/* Closed by the answer: a refusal is told beside the button that asked. */}
            <span className="contents" onClickCapture={() => dialog.current?.hidePopover()}>
              <SubmitButton look="danger" pending={pending}>
                {answer}
              </SubmitButton>
            </span>
          </div>
        </div>
      </dialog>
    </>
  );
}
