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
      // The heading is not a control: nothing can be done there that an outline would point to (WCAG 2.4.7 is about those).
      className={classNames("outline-none", className)}
    >
      {children}
    </h1>
  );
}
