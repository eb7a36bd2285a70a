"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";

type Props = {
  /** The id of the heading, or the name itself. */
  label: string;
  onClose: () => void;
  children: ReactNode;
};

/** A small dialog near the top of the window. Escape and a click beside it close it; the focus returns to where it was. */
export function Modal({ label, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);

  // A layout effect, because closing a dialog returns the focus only while it is on the page.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same
    <dialog
      ref={dialog}
      aria-label={label}
      onClose={onClose}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) onClose();
      }}
      className="mx-auto mt-[10vh] mb-auto max-h-[80dvh] w-[calc(100vw-2rem)] max-w-xl overflow-hidden rounded-2xl border border-line bg-surface p-0 text-ink shadow-float backdrop:bg-veil"
    >
      {children}
    </dialog>
  );
}
