"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

/**
 * Follows each `Link` by script, as next/link would. A modified click, and every link without script, is the browser's.
 * Where what had the focus is gone with the page before, the new page's heading takes it.
 */
export function FollowedLinks() {
  const router = useRouter();
  const pathname = usePathname();
  const shown = useRef(pathname);

  useEffect(() => {
    function follow(event: MouseEvent): void {
      const link = isPlain(event) ? linkAround(event.target) : null;
      if (!link) return;
      event.preventDefault();
      router.push(link.href, { scroll: link.dataset.followed !== "in-place" });
    }
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [router]);

  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    if (document.activeElement === document.body) focusHeading();
  }, [pathname]);

  return null;
}

// The tabindex is temporary: a heading is no keyboard stop.
function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>("main h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.addEventListener("blur", () => heading.removeAttribute("tabindex"), { once: true });
  heading.focus({ preventScroll: true });
}

// Another click opens a tab, opens a window or saves the page, or a component has answered it already.
function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey && !defaultPrevented;
}

function linkAround(target: EventTarget | null): HTMLAnchorElement | null {
  const link = target instanceof Element ? target.closest("a[data-followed]") : null;
  return link instanceof HTMLAnchorElement && link.target !== "_blank" ? link : null;
}
