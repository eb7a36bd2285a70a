"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** Brings what has just been said into view, unless a field with an error has the focus, which the browser has scrolled to. */
export function SeenNotice({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const isAtField = document.activeElement?.getAttribute("aria-invalid") === "true";
    if (!isAtField) box.current?.scrollIntoView({ block: "nearest" });
  }, []);

  return (
    <div ref={box} className="scroll-mt-28 scroll-mb-28">
      {children}
    </div>
  );
}
