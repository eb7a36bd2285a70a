"use client";

import { Toast } from "@base-ui/react/toast";
import { CircleCheck, X } from "lucide-react";
import { useEffect, useState } from "react";

/** A toast at the top; Base UI announces it, keeps it while one points at it, and lets F6 reach it. */
export function ToastStack({ title }: { title: string }) {
  const [manager] = useState(() => Toast.createToastManager());
  useEffect(() => {
    const id = manager.add({ title, timeout: 6_000 });
    return () => manager.close(id);
  }, [manager, title]);
  return (
    <Toast.Provider toastManager={manager}>
      <Toast.Portal>
        {/* At the top, over the brand and the navigation: at the bottom it would lie on the button that leads on. */}
        <Toast.Viewport className="fixed top-3 left-1/2 z-30 w-[min(22rem,calc(100vw-2rem))] -translate-x-1/2">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-xl border border-line bg-surface text-sm text-ink shadow-lift transition duration-300 data-ending-style:opacity-0 data-starting-style:-translate-y-3 data-starting-style:opacity-0 motion-reduce:transition-none"
    >
      <Toast.Content className="flex items-start gap-3 p-4">
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
        <Toast.Title className="min-w-0 flex-1 font-medium break-words" />
        {/* Base UI hides the button of a toast that nobody points at from a screen reader, yet lets the keyboard stop there. */}
        <Toast.Close
          aria-hidden={false}
          aria-label="Dismiss"
          className="-m-1 cursor-pointer rounded-lg p-1 text-muted hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
