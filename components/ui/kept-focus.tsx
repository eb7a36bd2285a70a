"use client";

import { type ReactNode, useEffect, useRef } from "react";

/**
 * Wraps a list whose buttons remove their rows. The focus moves to the row that takes the place, else to the previous
 * one, else to whatever replaces the list.
 */
export function KeptFocus({ className, children }: { className?: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const around = place.current;
    if (!around) return;
    let last: { element: Element; row: number } | null = null;
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      last = { element: target, row: rowsIn(around).findIndex((row) => row.contains(target)) };
    };
    const observer = new MutationObserver(() => {
      if (!last || last.element.isConnected || document.activeElement !== document.body) return;
      const rows = rowsIn(around);
      takeFocus(rows[Math.min(last.row, rows.length - 1)] ?? around);
    });
    observer.observe(around, { childList: true, subtree: true });
    around.addEventListener("focusin", remember);
    return () => {
      observer.disconnect();
      around.removeEventListener("focusin", remember);
    };
  }, []);

  return (
    <div ref={place} className={className}>
      {children}
    </div>
  );
}

// A row may contain a list of its own, so only direct rows count.
function rowsIn(place: HTMLElement): HTMLLIElement[] {
  return [...place.querySelectorAll("li")].filter((row) => !row.parentElement?.closest("li"));
}

// The tabindex is temporary: neither a row nor the list is a keyboard stop.
function takeFocus(element: HTMLElement): void {
  element.tabIndex = -1;
  element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  element.focus();
}
