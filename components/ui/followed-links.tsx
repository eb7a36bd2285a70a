"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Follows each `Link` by script, as next/link would. A modified click, and every link without script, is the browser's. */
export function FollowedLinks() {
  const router = useRouter();

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

  return null;
}

// Another click opens a tab, opens a window or saves the page, or a component has answered it already.
function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey && !defaultPrevented;
}

function linkAround(target: EventTarget | null): HTMLAnchorElement | null {
  const link = target instanceof Element ? target.closest("a[data-followed]") : null;
  return link instanceof HTMLAnchorElement && link.target !== "_blank" ? link : null;
}
