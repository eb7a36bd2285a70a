"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, type SyntheticEvent, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { buttonStyle } from "./buttons";
import { classNames } from "./class-names";

type Props = {
  /** The overlay's address: on other addresses, where the slot may still hold the overlay, it shows nothing. */
  path?: string;
  title: string;
  lead: string;
  width: "max-w-3xl" | "max-w-4xl";
  /** Asks for confirmation before typed text is lost. */
  keepsTyped?: boolean;
  children: ReactNode;
};

/** An intercepted route as an overlay over the previous page. */
export function RouteOverlay({ path, ...overlay }: Props) {
  const pathname = usePathname();
  return path === undefined || pathname === path ? <Dialog {...overlay} /> : null;
}

// Closing does not stop a form that is already sent, so the question must not call its text lost.
function question(within: Element): string {
  const isUnderWay = within.closest("dialog")?.querySelector("form[data-under-way]");
  return isUnderWay
    ? "It is on its way already, and will be saved if all is well. Leave all the same?"
    : "Leave without saving? What you typed will be lost.";
}

// The browser's dialog keeps the focus inside and makes the page behind it inert.
function Dialog({ title, lead, width, keepsTyped = false, children }: Omit<Props, "path">) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState(false);

  // A layout effect, because its cleanup runs before the dialog leaves the page: only then does closing it return the
  // focus.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    element.showModal();
    // Focus the first field: by default the dialog would focus its first button, Close.
    element.querySelector<HTMLInputElement>("input:not([type=hidden])")?.focus();
    return () => element.close();
  }, []);

  function leave(event: SyntheticEvent): void {
    event.preventDefault();
    if (keepsTyped && typed && !window.confirm(question(event.currentTarget))) return;
    router.back();
  }

  // A second Esc closes the dialog regardless of our answer to the first, so the address must follow.
  function leaveAnyway(event: SyntheticEvent<HTMLDialogElement>): void {
    if (event.currentTarget.isConnected && !event.currentTarget.open) router.back();
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key presses a link by a click, too
    <dialog
      ref={dialog}
      aria-labelledby="overlay-title"
      onCancel={leave}
      onClose={leaveAnyway}
      onChange={() => setTyped(true)}
      // A link such as Cancel, which without script leads to the page behind.
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest("a[data-leaves]")) leave(event);
      }}
      className={classNames(
        "m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] overflow-y-auto overscroll-contain rounded-3xl border border-line bg-surface text-ink shadow-float backdrop:bg-veil backdrop:backdrop-blur-[2px] max-sm:m-0 max-sm:h-dvh max-sm:max-h-dvh max-sm:w-screen max-sm:max-w-none max-sm:rounded-none max-sm:border-0",
        width,
      )}
    >
      <header className="sticky top-0 z-10 flex items-start justify-between gap-4 border-b border-line bg-surface px-5 py-4 sm:px-8 sm:py-5">
        <div className="flex min-w-0 flex-col">
          {/* The page behind is inert, so this is the heading of everything reachable. */}
          <h1 id="overlay-title" className="text-xl font-semibold tracking-tight">
            {title}
          </h1>
          <p className="text-sm break-words text-muted">{lead}</p>
        </div>
        <button
          type="button"
          onClick={leave}
          aria-label="Close"
          className={buttonStyle("quiet", "-mr-2 px-2.5")}
        >
          <Icon name="x" className="size-5" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
