"use client";

import { useEffect, useRef } from "react";
import { classNames } from "./class-names";

type Props = { children: string; className: string };

/**
 * A page's heading that takes the focus when the user arrives: Tab goes on to the content below, and a screen reader
 * announces the page.
 */
export function FocusedHeading({ children, className }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1
      ref={heading}
      tabIndex={-1}
      // The heading is not a control, so its outline is quieter.
      className={classNames("rounded-xs outline-accent/25 outline-offset-4", className)}
    >
      {children}
    </h1>
  );
}
