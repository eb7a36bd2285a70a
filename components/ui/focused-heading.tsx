"use client";

import { useEffect, useRef } from "react";
import { classNames } from "./class-names";

type Props = { children: string; className: string };

/**
 * A page's heading that takes the focus when the page is reached: the next Tab goes to what stands below it, and a screen
 * reader says where the reader has arrived.
 */
export function FocusedHeading({ children, className }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1
      ref={heading}
      tabIndex={-1}
      // Nothing is to be done here, so its outline is quieter than a control's.
      className={classNames("rounded-xs outline-accent/25 outline-offset-4", className)}
    >
      {children}
    </h1>
  );
}
