"use client";

import type { ComponentProps, MouseEvent } from "react";

type Props = ComponentProps<"div"> & { as?: "div" | "nav"; id: string };

/**
 * A menu that a button with this `popoverTarget` opens; the browser does that, so it needs no script. Its classes say with
 * `open:` how it is laid out.
 */
export function PopoverMenu({ as: Element = "div", ...props }: Props) {
  return <Element {...props} popover="auto" onClickCapture={closeOnLink} />;
}

// After a link the page changes around the menu, and the browser would leave it open.
function closeOnLink({ target, currentTarget }: MouseEvent<HTMLElement>): void {
  const isLink = target instanceof Element && target.closest("a") !== null;
  if (isLink && currentTarget.matches(":popover-open")) currentTarget.hidePopover();
}
