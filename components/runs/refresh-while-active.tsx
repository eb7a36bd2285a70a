"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";

const pauseMs = 1000;

/**
 * While it is on a page, the page's server part is made anew about every second, and not while the tab is hidden.
 * Without script the page reloads itself.
 */
export function RefreshWhileActive() {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  useEffect(() => {
    if (pending) return;
    const asking = new AbortController();
    const refresh = async () => {
      if (document.visibilityState !== "visible") return;
      // A failed refresh makes Next load the whole page, and a portal that restarts would leave the browser's error page.
      const answers = await fetch("/api/health", { signal: asking.signal }).catch(() => null);
      if (asking.signal.aborted) return;
      if (answers?.ok) startTransition(() => router.refresh());
      else timer = window.setTimeout(refresh, pauseMs);
    };
    let timer = window.setTimeout(refresh, pauseMs);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      asking.abort();
      window.clearTimeout(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [pending, router]);

  return (
    <noscript>
      <meta httpEquiv="refresh" content="2" />
    </noscript>
  );
}
