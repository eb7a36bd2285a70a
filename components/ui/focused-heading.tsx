"use client";

import { useEffect, useRef } from "react";

type Props = { children: string; className: string };

/**
 * A page's heading that takes the focus when the page is reached: the next Tab goes to what stands below it, and a screen
 * reader says where the reader has arrived.
 */
export function FocusedHeading({ children, className }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
}
